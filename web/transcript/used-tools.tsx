import { Check, ChevronRight } from 'lucide'
import type { ToolCallPart } from '#shared/message.ts'
import { Icon } from '../ui/icon.tsx'
import { formatDuration, isWorthSaying } from './duration.ts'
import { t } from '#shared/translate.ts'

interface UsedToolsProps {
  calls: ToolCallPart[]
  /** The id of the button. */
  id: string
  /** The id of what it opens. */
  listId: string
  open: boolean
  onToggle: () => void
}

/** The row of several finished calls. */
export function UsedTools({ calls, id, listId, open, onToggle }: UsedToolsProps) {
  const approved = calls.filter(isApproved).length
  const denied = calls.filter(({ status }) => status === 'denied').length
  const failed = calls.filter(({ status }) => status !== 'done').length - denied
  const usedMs = timeUsed(calls)
  return (
    <div className="relative flex min-h-8 items-center gap-2.5 rounded-lg px-2.5 text-muted hover:bg-sunken pointer-coarse:min-h-11">
      <Icon of={Check} className={`size-4 shrink-0 ${failed + denied > 0 ? '' : 'text-accent'}`} />
      <button
        id={id}
        type="button"
        aria-expanded={open}
        aria-controls={listId}
        className="rounded text-ink after:absolute after:inset-0"
        onClick={onToggle}
      >
        {t`Used ${calls.length} tools`}
      </button>
      {approved > 0 && <span>{t`${approved} approved`}</span>}
      {denied > 0 && <span>{t`${denied} denied`}</span>}
      {failed > 0 && <span className="text-danger">{t`${failed} failed`}</span>}
      {isWorthSaying(usedMs) && (
        <span className="text-[13px] tabular-nums">· {formatDuration(usedMs)}</span>
      )}
      <Icon
        of={ChevronRight}
        className={`ml-auto size-4 shrink-0 transition-transform duration-200 ${open ? 'rotate-90' : ''}`}
      />
    </div>
  )
}

/** By the user; what a rule allows is not worth a word here. */
function isApproved({ approval }: ToolCallPart): boolean {
  const { decision, by } = approval?.answer ?? {}
  return (decision === 'approve' || decision === 'edit') && by !== 'rule'
}

interface Timed {
  startedAt: string | null
  durationMs: number | null
}

/** Returns the time in which at least one of the calls was running, in milliseconds. */
export function timeUsed(calls: readonly Timed[]): number {
  const spans = calls
    .map(({ startedAt, durationMs }) => ({
      from: Date.parse(startedAt ?? ''),
      ms: durationMs ?? 0,
    }))
    .filter(({ from }) => !Number.isNaN(from))
    .toSorted((a, b) => a.from - b.from)
  let used = 0
  let until = -Infinity
  for (const { from, ms } of spans) {
    used += Math.max(0, from + ms - Math.max(from, until))
    until = Math.max(until, from + ms)
  }
  return used
}
