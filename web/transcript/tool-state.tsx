import type { ToolCallPart } from '#shared/message.ts'
import { useNow } from '../ui/use-now.ts'
import { formatDuration, isWorthSaying } from './duration.ts'
import type { LiveMessage } from './live-message.ts'
import { STATUS_LABELS } from './tool-status.ts'

interface ToolStateProps {
  part: ToolCallPart
  live: LiveMessage | null
}

/** The status and the duration of a call. What the icon shows too is for screen readers only. */
export function ToolState({ part, live }: ToolStateProps) {
  const { status } = part
  const variant = status === 'done' ? 'sr-only' : status === 'failed' ? 'text-danger' : ''
  return (
    <>
      <span className={variant}>{STATUS_LABELS[status]}</span> <Duration part={part} live={live} />
    </>
  )
}

function Duration({ part, live }: ToolStateProps) {
  const { durationMs, startedAt, status } = part
  if (durationMs !== null) {
    return (
      <span className={isWorthSaying(durationMs) ? '' : 'sr-only'}>
        {formatDuration(durationMs)}
      </span>
    )
  }
  if (status !== 'running' || startedAt === null || live === null) return null
  return <Elapsed since={startedAt} live={live} />
}

function Elapsed({ since, live }: { since: string; live: LiveMessage }) {
  useNow(100)
  return <span>{formatDuration(live.now() - Date.parse(since))}</span>
}
