import { z } from 'zod'
import { defineTool } from '../../../runtime/define-tool.ts'
import { inDollars, toCents } from '../../shop/formats.ts'
import { findOrder, refundOrder } from '../../shop/order-store.ts'
import { OrderId } from '../schemas.ts'
import { english, t } from '#shared/translate.ts'

const FREE_CENTS = 2_000

export const processRefund = defineTool({
  name: 'process_refund',
  description: english`Pays money of an order back to the person. Above ${inDollars(FREE_CENTS)} for one order someone is asked first.`,
  // One after the other, so that each counts what was refunded before.
  maxConcurrent: 1,
  parameters: z.object({
    orderId: OrderId,
    amountUsd: z.number().positive().describe('In dollars, such as 89 or 14.5.'),
    reason: z.string().min(1).max(500).describe('Why the person wants it, in a sentence.'),
  }),
  needsApproval: ({ orderId, amountUsd }, { stores, user }) => {
    const before = refundedOf(() => findOrder(stores.shop.of(user.id), orderId).refundedCents)
    const total = before + Math.round(amountUsd * 100)
    if (total <= FREE_CENTS) return false
    // Several small refunds are as much as one large one.
    const [asked, free] = [inDollars(total - before), inDollars(FREE_CENTS)]
    return before > 0
      ? t`The refund of ${asked}, with the ${inDollars(before)} refunded before, is above ${free}.`
      : t`The refund of ${asked} is above ${free}.`
  },
  execute: ({ orderId, amountUsd, reason }, { stores, user, runId, callId }) => {
    const { amountCents, remainingCents, ...refund } = refundOrder(stores.shop.of(user.id), {
      // Names of calls are unique within a run only.
      key: `${runId}/${callId}`,
      orderId,
      amountCents: toCents(amountUsd),
      reason,
    })
    return { ...refund, amountUsd: amountCents / 100, remainingUsd: remainingCents / 100 }
  },
  pendingLabel: ({ orderId, amountUsd }) =>
    t`Refund ${inDollars(Math.round(amountUsd * 100))} to order ${orderId}`,
  label: ({ orderId }, { amountUsd }) =>
    t`Refunded ${inDollars(Math.round(amountUsd * 100))} of order ${orderId}`,
})

/** A refund of an order that does not exist fails when it runs, with a sentence. */
function refundedOf(find: () => number): number {
  try {
    return find()
  } catch {
    return 0
  }
}
