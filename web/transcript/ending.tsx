import { useEffect } from 'react'
import type { MessagePart } from '#shared/message.ts'
import { lazyPart, NotLoaded } from '../ui/lazy-part.tsx'
import { useLive } from './live-message.ts'
import type { MessageActions } from './message-actions.ts'
import type { ThreadRow } from './thread-row.ts'

// Most answers simply end. Its space is kept until it is loaded.
const EndingSentence = lazyPart(() => import('./ending-sentence.tsx'), 'EndingSentence', {
  fallback: () => <div className="h-12" />,
  failed: NotLoaded,
})

interface EndingProps {
  row: ThreadRow
  /** Null if nothing is offered. */
  actions: MessageActions | null
}

/** How an answer ended, in a sentence, when it did not simply end. */
export function Ending({ row, actions }: EndingProps) {
  const status = useLive(row.live, row.message, (message) => message.status)
  const { id, runId, parts, provider } = row.live?.snapshot() ?? row.message
  // It must be loaded before the connection to the server is lost.
  useEffect(() => {
    if (row.live !== null) EndingSentence.preload().catch(() => {})
  }, [row.live])
  if (status === 'running' || (status === 'completed' && parts.length > 0)) return null
  // The line of the guardrail says why.
  if (status === 'stopped' && isBlocked(parts)) return null
  const onRetry = actions && (() => actions.retry(id))
  // Without a word said there is nothing to go on from.
  const onContinue =
    actions && parts.some(({ type }) => type !== 'notice')
      ? () => actions.continueMessage(id, runId)
      : null
  return <EndingSentence {...{ status, parts, provider, onRetry, onContinue }} />
}

function isBlocked(parts: MessagePart[]): boolean {
  const last = parts.at(-1)
  return last?.type === 'notice' && last.kind === 'guardrail'
}
