import type { Message, ToolCallPart, ToolStatus } from '#shared/message.ts'
import { visibleText } from '#shared/visible-text.ts'
import { useNow } from '../ui/use-now.ts'
import { formatDuration } from './duration.ts'
import type { LiveMessage } from './live-message.ts'
import { prettyJson } from './pretty-json.ts'
import { ToolFooter } from './tool-footer.tsx'
import { ToolIcon } from './tool-icon.tsx'
import { ToolText } from './tool-text.tsx'

const STATUS: Record<ToolStatus, string> = {
  waiting: 'Waiting',
  denied: 'Denied',
  preparing: 'Preparing',
  running: 'Running',
  done: 'Done',
  failed: 'Failed',
  unknown: 'Unknown',
}

interface ToolCardProps {
  message: Message
  part: ToolCallPart
  live: LiveMessage | null
}

export function ToolCard({ message, part, live }: ToolCardProps) {
  const { status, output } = part
  const name = visibleText(part.name)
  const given = status === 'preparing' ? part.arguments : prettyJson(part.arguments)
  return (
    <fieldset
      aria-label={`Tool: ${name}`}
      className="min-w-0 overflow-hidden rounded-xl border border-line bg-surface text-sm"
    >
      <div className="flex min-h-10 items-center gap-2.5 px-3.5 py-2">
        <ToolIcon status={status} />
        <code className="min-w-0 truncate font-mono text-[13px] font-medium">{name}</code>
        <span className="ml-auto flex shrink-0 items-center gap-2 text-muted tabular-nums">
          <span className={status === 'failed' ? 'text-danger' : ''}>{STATUS[status]}</span>
          <Duration part={part} live={live} />
        </span>
      </div>
      {!isEmpty(given) && <ToolText label="Arguments" text={given} />}
      {output !== null && output !== '' && <ToolText label="Output" text={prettyJson(output)} />}
      {status === 'unknown' && (
        <p className="border-t border-line px-3.5 py-2 text-warn">
          It had started; what became of it is not known. It was not run again.
        </p>
      )}
      {live === null && output !== null && <ToolFooter message={message} part={part} />}
    </fieldset>
  )
}

function Duration({ part, live }: { part: ToolCallPart; live: LiveMessage | null }) {
  if (part.durationMs !== null) return <span>{formatDuration(part.durationMs)}</span>
  if (part.status !== 'running' || part.startedAt === null || live === null) return null
  return <Elapsed since={part.startedAt} live={live} />
}

function Elapsed({ since, live }: { since: string; live: LiveMessage }) {
  useNow(100)
  return <span>{formatDuration(live.now() - Date.parse(since))}</span>
}

function isEmpty(given: string): boolean {
  return given === '' || given === '{}'
}
