import { z } from 'zod'
import { defineTool } from '../../../runtime/define-tool.ts'
import { findInvoice, listInvoices } from '../../shop/billing-store.ts'
import { describeInvoice } from '../schemas.ts'

export const getInvoice = defineTool({
  name: 'get_invoice',
  description:
    'The invoice of an order: amount, discount, whether it is paid, and when it is due. Without a number it lists all invoices, open ones first.',
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
    orderId === null ? 'List the invoices' : `Look up the invoice of order ${orderId}`,
  label: ({ orderId }) =>
    orderId === null ? 'Listed the invoices' : `Looked up the invoice of order ${orderId}`,
})
