import { AnswerFooter } from './answer-footer.tsx'
import { Ending } from './ending.tsx'
import { farClass } from './far-class.ts'
import { useLive } from './live-message.ts'
import { MessageBoundary } from './message-boundary.tsx'
import type { MessageViewProps } from './message-view.tsx'
import { PartView } from './part-view.tsx'

export function AssistantMessage({ row, actions, far, canRetry }: MessageViewProps) {
  const { message, live } = row
  const partCount = useLive(live, message, ({ parts }) => parts.length)
  const id = useLive(live, message, (current) => current.id)
  return (
    <article aria-label="Assistant" className={`pt-6 first:pt-0 ${farClass(far)}`}>
      <MessageBoundary message={message}>
        <div className="space-y-4">
          {Array.from({ length: partCount }, (_, index) => (
            <PartView key={index} index={index} message={message} live={live} />
          ))}
          <Ending row={row} onRetry={canRetry ? () => actions.retry(id) : null} />
        </div>
      </MessageBoundary>
      <AnswerFooter row={row} actions={actions} canRetry={canRetry} />
    </article>
  )
}
