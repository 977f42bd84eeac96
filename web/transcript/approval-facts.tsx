import type { Message, ToolCallPart } from '#shared/message.ts'
import { formatAmount } from '#shared/money.ts'
import { totalsSoFar } from '#shared/totals-so-far.ts'
import { visibleText } from '#shared/visible-text.ts'
import type { Approval } from '#shared/waits.ts'
import type { LiveMessage } from './live-message.ts'
import { rich } from '../ui/rich.ts'
import { useExpiry } from './use-expiry.ts'
import { t } from '#shared/translate.ts'

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
  const { reason, server, label } = approval
  const agent = <span className="font-medium text-ink">{visibleText(part.agent)}</span>
  const name = visibleText(part.name)
  const tool = (
    <span className="wrap-anywhere">
      {server === undefined ? name : t`${name} of ${visibleText(server)}`}
    </span>
  )
  return (
    <div className="px-3.5 pb-2.5 text-[13px]/5 text-muted">
      <p>
        {label === undefined ? rich`${agent} asks before it uses ${tool}` : rich`${agent} asks`}
        {reason === undefined ? ` ${t`you first.`}` : `: ${visibleText(reason)}`}
      </p>
      <p className="tabular-nums">
        {cost !== null && t`Cost of this answer so far: ${cost}.`} {expiry}
      </p>
    </div>
  )
}
