import type { Invoice } from '../shop/billing-store.ts'

/** An invoice as the model reads it. */
export function describeInvoice(invoice: Invoice) {
  const { amountCents, discountCents, totalCents, ...rest } = invoice
  return {
    ...rest,
    amountUsd: amountCents / 100,
    discountUsd: discountCents / 100,
    totalUsd: totalCents / 100,
  }
}
