import { defineAgent } from '../../runtime/define-agent.ts'
import { askUser } from '../ask-user.ts'
import { checkOrderStatus } from './tools/check-order-status.ts'
import { checkRefundEligibility } from './tools/check-refund-eligibility.ts'
import { processRefund } from './tools/process-refund.ts'
import { english } from '#shared/translate.ts'

export const refunds = defineAgent({
  name: 'refunds',
  description: english`Orders and refunds of the sample shop.`,
  authority: english`It looks up orders and refunds up to $20 of an order by itself. Above $20 it asks you first.`,
  instructions: new URL('./prompts/refunds.md', import.meta.url),
  tools: [checkRefundEligibility, checkOrderStatus, processRefund, askUser],
  handoffs: ['triage'],
  entry: false,
  limits: { toolCalls: 20 },
})
