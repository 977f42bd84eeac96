import { z } from 'zod'
import { defineTool } from '../../../runtime/define-tool.ts'
import { applyCode } from '../../shop/billing-store.ts'
import { describeInvoice } from '../schemas.ts'
import { english, t } from '#shared/translate.ts'

export const applyPromoCode = defineTool({
  name: 'apply_promo_code',
  description: english`Takes the discount of a promo code off an open invoice and returns the invoice. An invoice takes one code.`,
  parameters: z.object({
    orderId: z.int().describe('The number of the order, such as 1045.'),
    code: z.string().min(1).max(40).describe('As the person wrote it.'),
  }),
  execute: ({ orderId, code }, { stores, user }) =>
    describeInvoice(applyCode(stores.shop.of(user.id), orderId, code)),
  pendingLabel: ({ orderId, code }) => t`Apply ${code} to the invoice of order ${orderId}`,
  label: ({ orderId, code }) => t`Applied ${code} to the invoice of order ${orderId}`,
})
