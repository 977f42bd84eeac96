import { z } from 'zod'
import { defineTool } from '../../../runtime/define-tool.ts'
import { findOrder, listOrders, type Order } from '../../shop/order-store.ts'
import { OrderId } from '../schemas.ts'
import { english, t } from '#shared/translate.ts'

export const checkOrderStatus = defineTool({
  name: 'check_order_status',
  description: english`An order of the person: item, amount, where it is, what was refunded. Without a number it lists all their orders, the newest first.`,
  parameters: z.object({
    orderId: OrderId.nullable().describe('The number of the order; null for all orders.'),
  }),
  isReadOnly: true,
  execute: ({ orderId }, { stores, user }) => {
    const shop = stores.shop.of(user.id)
    return orderId === null
      ? listOrders(shop).map(describeOrder)
      : describeOrder(findOrder(shop, orderId))
  },
  pendingLabel: ({ orderId }) =>
    orderId === null ? t`List the orders` : t`Look up order ${orderId}`,
  label: ({ orderId }) => (orderId === null ? t`Listed the orders` : t`Looked up order ${orderId}`),
})

function describeOrder(order: Order) {
  const { orderId, item, status, orderedOn, deliveredOn, totalCents, refundedCents } = order
  return {
    orderId,
    item,
    status,
    orderedOn,
    deliveredOn,
    totalUsd: totalCents / 100,
    refundedUsd: refundedCents / 100,
  }
}
