import { z } from 'zod'
import { defineTool } from '../../../runtime/define-tool.ts'
import { changePaymentMethod } from '../../shop/billing-store.ts'
import { ToolError } from '../../../runtime/tool-error.ts'
import { english, t } from '#shared/translate.ts'

export const updatePaymentMethod = defineTool({
  name: 'update_payment_method',
  description: english`Changes how the person pays. Only the last four digits of a card or account are kept; never ask for more.`,
  parameters: z.object({
    kind: z.enum(['card', 'paypal', 'bank transfer']),
    lastFour: z
      .string()
      .regex(/^\d{4}$/)
      .nullable()
      .describe('The last four digits of the card or account; null for PayPal.'),
  }),
  execute: ({ kind, lastFour }, { stores, user }) => {
    if (kind !== 'paypal' && lastFour === null) {
      throw new ToolError(t`The last four digits are missing. Ask the person for them.`)
    }
    const before = changePaymentMethod(stores.shop.of(user.id), { kind, lastFour })
    return { kind, lastFour, before }
  },
  pendingLabel: (method) => t`Change the payment method to ${describe(method)}`,
  label: (method) => t`Changed the payment method to ${describe(method)}`,
})

function describe({ kind, lastFour }: { kind: string; lastFour: string | null }): string {
  return lastFour === null ? kind : t`${kind} ending in ${lastFour}`
}
