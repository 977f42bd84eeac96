import { z } from 'zod'
import { defineTool } from '../../../runtime/define-tool.ts'
import { createTicket as create } from '../../shop/ticket-store.ts'
import { english, t } from '#shared/translate.ts'

export const createTicket = defineTool({
  name: 'create_ticket',
  description: english`Opens a ticket for the team of the shop and returns its number.`,
  parameters: z.object({
    subject: z.string().min(1).max(120),
    details: z.string().max(4_000).describe('What happened and what was tried already.'),
    priority: z.enum(['low', 'normal', 'high']),
  }),
  execute: (ticket, { stores, user, runId, callId }) =>
    create(stores.shop.of(user.id), { ...ticket, key: `${runId}/${callId}` }),
  pendingLabel: ({ subject }) => t`Open a ticket · ${subject}`,
  label: ({ subject }, { ticketId }) => t`Opened ticket ${ticketId} · ${subject}`,
})
