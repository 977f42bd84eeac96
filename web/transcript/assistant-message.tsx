import { Ending } from './ending.tsx'
import { useLive } from './live-message.ts'
import { MessageBoundary } from './message-boundary.tsx'
import type { MessageViewProps } from './message-actions.ts'
import { PartList } from './part-list.tsx'
import { lazyPart, Nothing, NotLoaded } from '../ui/lazy-part.tsx'
import { t } from '#shared/translate.ts'

// The text is there before it, and stays in place when it comes.
const AnswerFooter = lazyPart(() => import('./answer-footer.tsx'), 'AnswerFooter', {
  fallback: () => <footer className="mt-2 min-h-8 pointer-coarse:min-h-11" />,
  failed: NotLoaded,
  onFirstPage: true,
})
const ModelChange = lazyPart(() => import('./model-change.tsx'), 'ModelChange', { failed: Nothing })

export function AssistantMessage({ row, actions, canRetry, isLast }: MessageViewProps) {
  const { message, live } = row
  return (
    <>
      <ModelMark row={row} />
      <article aria-label={t`Assistant`} data-message={message.id} className="group pt-6">
        <MessageBoundary message={message}>
          <div className="space-y-4">
            <PartList message={message} live={live} />
            <Ending row={row} actions={canRetry && isLast ? actions : null} />
          </div>
        </MessageBoundary>
        <AnswerFooter {...{ row, actions, canRetry, isLast }} />
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
