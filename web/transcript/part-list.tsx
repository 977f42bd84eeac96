import type { Message } from '#shared/message.ts'
import { type LiveMessage, useLive } from './live-message.ts'
import { blockStarts } from './part-blocks.ts'
import { PartView } from './part-view.tsx'

interface PartListProps {
  message: Message
  live: LiveMessage | null
  /** Beside the answer rather than part of it. */
  quiet?: boolean
}

export function PartList({ message, live, quiet = false }: PartListProps) {
  // As one string, which stays equal while a part is being written.
  const starts = useLive(live, message, ({ parts }) => blockStarts(parts).join())
  const partCount = useLive(live, message, ({ parts }) => parts.length)
  const blocks = starts === '' ? [] : starts.split(',').map(Number)
  return blocks.map((index, order) => (
    <PartView
      key={index}
      index={index}
      end={blocks[order + 1] ?? partCount}
      message={message}
      live={live}
      quiet={quiet}
    />
  ))
}
