import { defineAgent } from '../../runtime/define-agent.ts'
import { askUser } from '../ask-user.ts'
import { checkSystemStatus } from './tools/check-system-status.ts'
import { createTicket } from './tools/create-ticket.ts'
import { searchKnowledgeBase } from './tools/search-knowledge-base.ts'
import { english } from '#shared/translate.ts'

export const support = defineAgent({
  name: 'support',
  description: english`Technical problems and questions about the sample shop.`,
  authority: english`It reads help articles and the status of services, and opens tickets. It asks before it opens one.`,
  instructions: new URL('./prompts/support.md', import.meta.url),
  tools: [checkSystemStatus, createTicket, searchKnowledgeBase, askUser],
  handoffs: ['triage'],
  entry: false,
  limits: { toolCalls: 20 },
})
