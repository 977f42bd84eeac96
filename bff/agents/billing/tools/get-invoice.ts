import { z } from 'zod'
import { defineTool } from '../../../runtime/define-tool.ts'
import { findInvoice, listInvoices } from '../../shop/billing-store.ts'
import { describeInvoice } from '../schemas.ts'
import { english, t } from '#shared/translate.ts'

export const getInvoice = defineTool({
  name: 'get_invoice',
  description: english`The invoice of an order: amount, discount, whether it is paid, and when it is due. Without a number it lists all invoices, open ones first.`,
  parameters: z.object({
    orderId: z.int().nullable().describe('The number of the order; null for all invoices.'),
  }),
  isReadOnly: true,
  execute: ({ orderId }, { stores, user }) => {
    const shop = stores.shop.of(user.id)
    return orderId === null
      ? listInvoices(shop).map(describeInvoice)
      : describeInvoice(findInvoice(shop, orderId))
  },
  pendingLabel: ({ orderId }) =>
    orderId === null ? t`List the invoices` : t`Look up the invoice of order ${orderId}`,
  label: ({ orderId }) =>
    orderId === null ? t`Listed the invoices` : t`Looked up the invoice of order ${orderId}`,
})
