import { useState } from 'react'
import { lazyPart, Nothing } from '../ui/lazy-part.tsx'
import type { ThreadRow } from './thread-row.ts'

const Progress = lazyPart(() => import('./progress.tsx'), 'Progress', { failed: Nothing })

/** Tells a screen reader that an answer begins and how it ended, instead of every token of it. */
export function Announcer({ row }: { row: ThreadRow | undefined }) {
  const [begun, setBegun] = useState<string | null>(null)
  if (row?.live && begun !== row.key) setBegun(row.key)
  return (
    <div aria-live="polite" className="sr-only">
      {row !== undefined && row.key === begun && <Progress row={row} />}
    </div>
  )
}
