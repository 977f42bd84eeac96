// Long answers and lists in parts that the browser leaves out while they are off the screen.
import type { ReactNode } from 'react'
import { useOffscreen } from '../ui/use-offscreen.ts'
import type { List } from './blocks.ts'
import { directionOf } from './direction.ts'
import type { GroupProps } from './grouped.tsx'

/** The beginning needs no box: most texts are no longer. */
export function Section({ start, closed, children }: GroupProps<null>): ReactNode {
  const box = useOffscreen<HTMLDivElement>(closed && start > 0)
  if (start === 0) return children
  return (
    <div ref={box} className="md-section">
      {children}
    </div>
  )
}

export function ListSection({ whole, start, closed, children }: GroupProps<List>) {
  const box = useOffscreen<HTMLUListElement & HTMLOListElement>(closed)
  const className = start > 0 ? 'md-more' : undefined
  const dir = directionOf(whole.children)
  if (whole.start === null) {
    return (
      <ul ref={box} dir={dir} className={className}>
        {children}
      </ul>
    )
  }
  const first = whole.start + start
  return (
    <ol ref={box} dir={dir} start={first === 1 ? undefined : first} className={className}>
      {children}
    </ol>
  )
}
