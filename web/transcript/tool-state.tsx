import type { ToolCallPart, ToolStatus } from '#shared/message.ts'
import { useNow } from '../ui/use-now.ts'
import { formatDuration, isWorthSaying } from './duration.ts'
import type { LiveMessage } from './live-message.ts'
import { STATUS_LABELS } from './tool-status.ts'
import { t } from '#shared/translate.ts'

/** Where the icon says it too, and in a row of quiet ones, a screen reader alone is told. */
const VARIANTS: Partial<Record<ToolStatus, string>> = {
  waiting: 'rounded-full bg-warn-soft px-2 text-xs/5 font-medium text-warn',
  done: 'sr-only',
  failed: 'text-danger',
  unknown: 'text-warn',
}

interface ToolStateProps {
  part: ToolCallPart
  live: LiveMessage | null
}

/** What was decided about a call, where its status does not say it. */
function decisionLabel({ approval }: ToolCallPart): string | null {
  const { decision, by } = approval?.answer ?? {}
  switch (decision) {
    case 'approve':
      return by === 'rule' ? t`Allowed by a rule` : t`Approved`
    case 'edit':
      return t`Approved with changes`
    case 'respond':
      return t`Answered by you`
    case undefined:
    default:
      return null
  }
}

/** The decision about a call, its status and its duration. */
export function ToolState({ part, live }: ToolStateProps) {
  const { status } = part
  const decision = decisionLabel(part)
  return (
    <>
      {decision !== null && <span>{decision}</span>}{' '}
      <span className={VARIANTS[status]}>{STATUS_LABELS[status]}</span>{' '}
      <Duration part={part} live={live} />
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
