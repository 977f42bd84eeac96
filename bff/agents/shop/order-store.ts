// Orders and refunds. A refund is decided and written in one transaction, so that two at once cannot
// pay the same money twice.
import { t } from '#shared/translate.ts'
import { dayFrom, daysAgo, inDollars } from './formats.ts'
import type { OrderStatus } from './first-day.ts'
import type { Shop } from './shop-store.ts'
import { ToolError } from '../../runtime/tool-error.ts'

export const REFUND_DAYS = 30

export interface Order {
  orderId: number
  item: string
  totalCents: number
  refundedCents: number
  status: OrderStatus
  orderedOn: string
  deliveredOn: string | null
  deliveredDaysAgo: number | null
  isFinalSale: boolean
}

interface OrderRow {
  id: number
  item: string
  total_cents: number
  refunded_cents: number
  status: OrderStatus
  ordered_days_ago: number
  delivered_days_ago: number | null
  is_final_sale: number
}

const ORDERS = `select orders.*, coalesce((select sum(amount_cents) from refunds
    where refunds.owner = orders.owner and refunds.order_id = orders.id), 0) as refunded_cents
  from orders where owner = ?`

/** The newest first. */
export function listOrders(shop: Shop): Order[] {
  const rows = shop.db
    .prepare<unknown[], OrderRow>(`${ORDERS} order by ordered_days_ago`)
    .all(shop.owner)
  return rows.map((row) => toOrder(shop, row))
}

/** Throws a sentence for the model if there is no such order. */
export function findOrder(shop: Shop, orderId: number): Order {
  const row = shop.db.prepare<unknown[], OrderRow>(`${ORDERS} and id = ?`).get(shop.owner, orderId)
  if (row === undefined) throw new ToolError(t`There is no order ${orderId}.`)
  return toOrder(shop, row)
}

export interface Refund {
  refundId: string
  orderId: number
  item: string
  amountCents: number
  refundedOn: string
  remainingCents: number
}

export interface RefundRequest {
  /** A request that comes again with its key gives the same refund. */
  key: string
  orderId: number
  amountCents: number
  reason: string
}

interface RefundRow {
  number: number
  order_id: number
  amount_cents: number
  refunded_at: string
}

/** Throws a sentence for the model if the order may not be refunded by that much. */
export function refundOrder(shop: Shop, request: RefundRequest): Refund {
  const { db, owner } = shop
  return db
    .transaction((): Refund => {
      const known = refundWithKey(shop, request.key)
      if (known !== undefined) {
        const isSame =
          known.order_id === request.orderId && known.amount_cents === request.amountCents
        if (!isSame)
          throw new ToolError(t`This call was used for another refund. Call the tool again.`)
        return toRefund(shop, known)
      }
      const order = findOrder(shop, request.orderId)
      const refusal = refusalOf(order) ?? tooMuch(order, request.amountCents)
      if (refusal !== null) throw new ToolError(refusal)
      db.prepare(
        `insert into refunds (owner, key, order_id, amount_cents, reason, refunded_at)
         values (@owner, @key, @orderId, @amountCents, @reason, @at)`,
      ).run({ ...request, owner, at: shop.now().toISOString() })
      const made = refundWithKey(shop, request.key)
      if (made === undefined) throw new ToolError(t`The refund was not written.`)
      return toRefund(shop, made)
    })
    .immediate()
}

/** Why an order cannot be refunded; null when it can. */
export function refusalOf(order: Order): string | null {
  const { orderId, status, isFinalSale, deliveredDaysAgo } = order
  if (status === 'cancelled') return t`Order ${orderId} was cancelled and never charged.`
  if (deliveredDaysAgo === null) {
    return t`Order ${orderId} is on its way. It can be refunded once it is delivered.`
  }
  if (isFinalSale) return t`Order ${orderId} is a gift card, and gift cards are not refunded.`
  if (deliveredDaysAgo > REFUND_DAYS) {
    return t`Order ${orderId} was delivered ${daysAgo(deliveredDaysAgo)}, and refunds are possible for ${REFUND_DAYS} days.`
  }
  if (order.refundedCents >= order.totalCents)
    return t`Order ${orderId} is already refunded in full.`
  return null
}

function tooMuch(
  { orderId, totalCents, refundedCents }: Order,
  amountCents: number,
): string | null {
  const left = totalCents - refundedCents
  if (amountCents <= left) return null
  return t`Only ${inDollars(left)} of order ${orderId} can still be refunded.`
}

function refundWithKey({ db, owner }: Shop, key: string): RefundRow | undefined {
  return db
    .prepare<unknown[], RefundRow>('select * from refunds where owner = ? and key = ?')
    .get(owner, key)
}

function toRefund(shop: Shop, row: RefundRow): Refund {
  const { item, totalCents, refundedCents } = findOrder(shop, row.order_id)
  return {
    refundId: `R-${row.number}`,
    orderId: row.order_id,
    item,
    amountCents: row.amount_cents,
    refundedOn: row.refunded_at.slice(0, 10),
    remainingCents: totalCents - refundedCents,
  }
}

function toOrder(shop: Shop, row: OrderRow): Order {
  const today = shop.now()
  return {
    orderId: row.id,
    item: row.item,
    totalCents: row.total_cents,
    refundedCents: row.refunded_cents,
    status: row.status,
    orderedOn: dayFrom(today, -row.ordered_days_ago),
    deliveredOn: row.delivered_days_ago === null ? null : dayFrom(today, -row.delivered_days_ago),
    deliveredDaysAgo: row.delivered_days_ago,
    isFinalSale: row.is_final_sale === 1,
  }
}
