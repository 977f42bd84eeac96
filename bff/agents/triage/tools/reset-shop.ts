import { z } from 'zod'
import { defineTool } from '../../../runtime/define-tool.ts'
import { english, t } from '#shared/translate.ts'

export const resetShop = defineTool({
  name: 'reset_shop',
  description: english`Puts the sample shop back to its first day: refunds, tickets and promo codes are forgotten. Only when the person asks for exactly that.`,
  parameters: z.object({}),
  needsApproval: () => t`Every refund, ticket and promo code of the sample shop is forgotten.`,
  execute: (_, { stores, user }) => {
    stores.shop.reset(user.id)
    return 'The sample shop is as on its first day.'
  },
  pendingLabel: () => t`Put the sample shop back to its first day`,
  label: () => t`Reset the sample shop`,
})
