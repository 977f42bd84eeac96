// Invoices, promo codes and the payment method.
import { t } from '#shared/translate.ts'
import { dayFrom } from './formats.ts'
import type { Shop } from './shop-store.ts'
import { ToolError } from '../../runtime/tool-error.ts'

export interface Invoice {
  invoiceId: string
  orderId: number
  item: string
  amountCents: number
  discountCents: number
  totalCents: number
  promoCode: string | null
  status: 'open' | 'paid'
  dueOn: string
}

interface InvoiceRow {
  order_id: number
  item: string
  total_cents: number
  discount_cents: number
  promo_code: string | null
  status: 'open' | 'paid'
  due_in_days: number
}

const INVOICES = `select invoices.*, orders.item, orders.total_cents from invoices
  join orders on orders.owner = invoices.owner and orders.id = invoices.order_id
  where invoices.owner = ?`

/** Open ones first. */
export function listInvoices(shop: Shop): Invoice[] {
  const rows = shop.db
    .prepare<unknown[], InvoiceRow>(`${INVOICES} order by invoices.status, order_id`)
    .all(shop.owner)
  return rows.map((row) => toInvoice(shop, row))
}

/** Throws a sentence for the model if there is none. */
export function findInvoice(shop: Shop, orderId: number): Invoice {
  const row = shop.db
    .prepare<unknown[], InvoiceRow>(`${INVOICES} and order_id = ?`)
    .get(shop.owner, orderId)
  if (row === undefined) throw new ToolError(t`There is no invoice of an order ${orderId}.`)
  return toInvoice(shop, row)
}

/** Throws a sentence for the model if the code does not fit. The same code twice changes nothing. */
export function applyCode(shop: Shop, orderId: number, written: string): Invoice {
  const { db, owner } = shop
  const code = written.trim().toUpperCase()
  return db
    .transaction((): Invoice => {
      const invoice = findInvoice(shop, orderId)
      if (invoice.promoCode === code) return invoice
      const known = db
        .prepare<unknown[], { percent: number; expires_in_days: number }>(
          'select percent, expires_in_days from promo_codes where owner = ? and code = ?',
        )
        .get(owner, code)
      if (known === undefined) throw new ToolError(t`There is no promo code ${code}.`)
      const expiresOn = dayFrom(shop.now(), known.expires_in_days)
      if (known.expires_in_days < 0)
        throw new ToolError(t`The promo code ${code} expired on ${expiresOn}.`)
      if (invoice.status === 'paid') {
        throw new ToolError(t`${invoice.invoiceId} is paid. A promo code is for an open invoice.`)
      }
      if (invoice.promoCode !== null) {
        throw new ToolError(
          t`${invoice.invoiceId} already has the promo code ${invoice.promoCode}.`,
        )
      }
      const discount = Math.round((invoice.amountCents * known.percent) / 100)
      db.prepare(
        'update invoices set promo_code = ?, discount_cents = ? where owner = ? and order_id = ?',
      ).run(code, discount, owner, orderId)
      return findInvoice(shop, orderId)
    })
    .immediate()
}

export interface PaymentMethod {
  kind: string
  lastFour: string | null
}

/** Returns the one before. */
export function changePaymentMethod(
  { db, owner }: Shop,
  { kind, lastFour }: PaymentMethod,
): PaymentMethod {
  return db
    .transaction((): PaymentMethod => {
      const before = db
        .prepare<unknown[], PaymentMethod>(
          'select kind, last_four as lastFour from payment_methods where owner = ?',
        )
        .get(owner)
      db.prepare('update payment_methods set kind = ?, last_four = ? where owner = ?').run(
        kind,
        lastFour,
        owner,
      )
      return before ?? { kind, lastFour }
    })
    .immediate()
}

function toInvoice(shop: Shop, row: InvoiceRow): Invoice {
  return {
    invoiceId: `INV-${row.order_id}`,
    orderId: row.order_id,
    item: row.item,
    amountCents: row.total_cents,
    discountCents: row.discount_cents,
    totalCents: row.total_cents - row.discount_cents,
    promoCode: row.promo_code,
    status: row.status,
    dueOn: dayFrom(shop.now(), row.due_in_days),
  }
}
