import { z } from 'zod'
import { defineTool } from '../../../runtime/define-tool.ts'

export const resetShop = defineTool({
  name: 'reset_shop',
  description:
    'Puts the sample shop back to its first day: refunds, tickets and promo codes are forgotten. Only when the person asks for exactly that.',
  parameters: z.object({}),
  needsApproval: () => 'Every refund, ticket and promo code of the sample shop is forgotten.',
  execute: (_, { stores, user }) => {
    stores.shop.reset(user.id)
    return 'The sample shop is as on its first day.'
  },
  pendingLabel: () => 'Put the sample shop back to its first day',
  label: () => 'Reset the sample shop',
})
