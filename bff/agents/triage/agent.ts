import { defineAgent } from '../../runtime/define-agent.ts'
import { askUser } from '../ask-user.ts'
import { routeByTier } from './router.ts'
import { resetShop } from './tools/reset-shop.ts'
import { english } from '#shared/translate.ts'

export const triage = defineAgent({
  name: 'triage',
  description: english`The support desk of a sample shop: finds out what you need, and who can do it.`,
  authority: english`It hands you over to billing, refunds or support. It does nothing in the shop itself but put it back to its first day, and asks you before.`,
  instructions: new URL('./prompts/triage.md', import.meta.url),
  tools: [resetShop, askUser],
  handoffs: ['billing', 'refunds', 'support'],
  router: routeByTier,
})
