import type { Message, ToolCallPart } from '#shared/message.ts'
import type { LiveMessage } from './live-message.ts'
import { prettyJson } from './pretty-json.ts'
import { ToolFooter } from './tool-footer.tsx'
import { isFinished } from './tool-status.ts'
import { ToolText } from './tool-text.tsx'

interface ToolDetailsProps {
  message: Message
  part: ToolCallPart
  live: LiveMessage | null
  open: boolean
}

/** What a tool was given, what it returned, and what that costs. */
export function ToolDetails({ message, part, live, open }: ToolDetailsProps) {
  const { status, arguments: given, output } = part
  const shown = status === 'preparing' ? given : prettyJson(given)
  const hasArguments = shown !== '' && shown !== '{}'
  const hasOutput = output !== null && output !== ''
  return (
    <div className="divide-y divide-line">
      {hasArguments && <ToolText label="Arguments" text={shown} />}
      {hasOutput && <ToolText label="Output" text={prettyJson(output)} />}
      {status === 'unknown' && (
        <p className="px-3.5 py-2 text-warn">
          It had started; what became of it is not known. It was not run again.
        </p>
      )}
      {!hasArguments && !hasOutput && status !== 'unknown' && (
        <p className="px-3.5 py-2 text-muted">
          {isFinished(status) ? 'No arguments and no output.' : 'No arguments.'}
        </p>
      )}
      {open && live === null && output !== null && <ToolFooter message={message} part={part} />}
    </div>
  )
}
