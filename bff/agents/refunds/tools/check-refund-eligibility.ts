import { z } from 'zod'
import { defineTool } from '../../../runtime/define-tool.ts'
import { daysAgo } from '../../shop/formats.ts'
import { findOrder, REFUND_DAYS, refusalOf } from '../../shop/order-store.ts'
import { OrderId } from '../schemas.ts'
import { english, t } from '#shared/translate.ts'

export const checkRefundEligibility = defineTool({
  name: 'check_refund_eligibility',
  description: english`Whether an order can be refunded by the rules of the shop, why, and how much of it. Use it before every refund.`,
  parameters: z.object({ orderId: OrderId }),
  isReadOnly: true,
  execute: ({ orderId }, { stores, user }) => {
    const order = findOrder(stores.shop.of(user.id), orderId)
    const refusal = refusalOf(order)
    if (refusal !== null) return { orderId, eligible: false, reason: refusal, refundableUsd: 0 }
    return {
      orderId,
      eligible: true,
      reason: `Delivered ${daysAgo(order.deliveredDaysAgo ?? 0)}, within the ${REFUND_DAYS} days for refunds.`,
      refundableUsd: (order.totalCents - order.refundedCents) / 100,
    }
  },
  pendingLabel: ({ orderId }) => t`Check whether order ${orderId} can be refunded`,
  label: ({ orderId }, { eligible }) =>
    eligible ? t`Order ${orderId} can be refunded` : t`Order ${orderId} cannot be refunded`,
})
