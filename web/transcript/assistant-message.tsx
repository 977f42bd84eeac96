import { AnswerFooter } from './answer-footer.tsx'
import { Ending } from './ending.tsx'
import { useLive } from './live-message.ts'
import { MessageBoundary } from './message-boundary.tsx'
import type { MessageViewProps } from './message-view.tsx'
import { blockStarts } from './part-blocks.ts'
import { PartView } from './part-view.tsx'
import { lazyPart, Nothing } from '../ui/lazy-part.tsx'

const ModelChange = lazyPart(() => import('./model-change.tsx'), 'ModelChange', { failed: Nothing })

export function AssistantMessage({ row, actions, canRetry }: MessageViewProps) {
  const { message, live } = row
  // As one string, which stays equal while a part is being written.
  const starts = useLive(live, message, ({ parts }) => blockStarts(parts).join())
  const partCount = useLive(live, message, ({ parts }) => parts.length)
  const blocks = starts === '' ? [] : starts.split(',').map(Number)
  return (
    <>
      <ModelMark row={row} />
      <article aria-label="Assistant" className="pt-6">
        <MessageBoundary message={message}>
          <div className="space-y-4">
            {blocks.map((index, order) => (
              <PartView
                key={index}
                index={index}
                end={blocks[order + 1] ?? partCount}
                message={message}
                live={live}
              />
            ))}
            <Ending
              row={row}
              onRetry={canRetry ? () => actions.retry((live?.snapshot() ?? message).id) : null}
            />
          </div>
        </MessageBoundary>
        <AnswerFooter row={row} actions={actions} canRetry={canRetry} />
      </article>
    </>
  )
}

function ModelMark({
  row: { message, live, answeredBefore: from },
}: Pick<MessageViewProps, 'row'>) {
  const provider = useLive(live, message, (now) => now.provider)
  const model = useLive(live, message, (now) => now.model)
  if (from === undefined || provider === null || model === null) return null
  const isSame = from.provider === provider && from.model === model
  return isSame ? null : <ModelChange from={from} to={{ provider, model }} />
}
