import { defineAgent } from '../../runtime/define-agent.ts'
import { askUser } from '../ask-user.ts'
import { applyPromoCode } from './tools/apply-promo-code.ts'
import { getInvoice } from './tools/get-invoice.ts'
import { updatePaymentMethod } from './tools/update-payment-method.ts'
import { english } from '#shared/translate.ts'

export const billing = defineAgent({
  name: 'billing',
  description: english`Invoices, promo codes and the payment method of the sample shop.`,
  authority: english`It reads invoices, applies valid promo codes, and changes the payment method when you ask for it. It moves no money.`,
  instructions: new URL('./prompts/billing.md', import.meta.url),
  tools: [getInvoice, updatePaymentMethod, applyPromoCode, askUser],
  handoffs: ['triage'],
  entry: false,
  limits: { toolCalls: 20 },
})
