import { AnswerFooter } from './answer-footer.tsx'
import { Ending } from './ending.tsx'
import { useLive } from './live-message.ts'
import { MessageBoundary } from './message-boundary.tsx'
import type { MessageViewProps } from './message-view.tsx'
import { PartView } from './part-view.tsx'

export function AssistantMessage({ row, actions, canRetry }: MessageViewProps) {
  const { message, live } = row
  const partCount = useLive(live, message, ({ parts }) => parts.length)
  return (
    <article aria-label="Assistant" className="pt-6">
      <MessageBoundary message={message}>
        <div className="space-y-4">
          {Array.from({ length: partCount }, (_, index) => (
            <PartView key={index} index={index} message={message} live={live} />
          ))}
          <Ending
            row={row}
            onRetry={canRetry ? () => actions.retry((live?.snapshot() ?? message).id) : null}
          />
        </div>
      </MessageBoundary>
      <AnswerFooter row={row} actions={actions} canRetry={canRetry} />
    </article>
  )
}
