import type { Message, ToolCallPart } from '#shared/message.ts'
import { formatAmount } from '#shared/money.ts'
import { totalsSoFar } from '#shared/totals-so-far.ts'
import { visibleText } from '#shared/visible-text.ts'
import type { Approval } from '#shared/waits.ts'
import type { LiveMessage } from './live-message.ts'
import { useExpiry } from './use-expiry.ts'

interface ApprovalFactsProps {
  message: Message
  live: LiveMessage | null
  part: ToolCallPart
  approval: Approval
}

/** Who asks, why, and what the answer has cost so far. */
export function ApprovalFacts({ message, live, part, approval }: ApprovalFactsProps) {
  const expiry = useExpiry(approval.expiresAt, live)
  const totals = totalsSoFar(live?.snapshot() ?? message)
  const cost = totals === null || totals.calls === 0 ? null : formatAmount(totals)
  const { reason, server } = approval
  return (
    <div className="px-3.5 pt-2.5 pb-1">
      <p>
        <span className="font-medium">{visibleText(part.agent)}</span> asks before it uses{' '}
        <span className="font-medium wrap-anywhere">{visibleText(part.name)}</span>
        {server !== undefined && ` of ${visibleText(server)}`}
        {reason === undefined ? '.' : `: ${visibleText(reason)}`}
      </p>
      <p className="pt-0.5 text-[13px] text-muted tabular-nums">
        {cost !== null && `Cost of this answer so far: ${cost}. `}
        {expiry}
      </p>
    </div>
  )
}
