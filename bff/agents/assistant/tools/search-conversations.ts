import { z } from 'zod'
import { defineTool } from '../../../runtime/define-tool.ts'
import { english, t } from '#shared/translate.ts'

const DEFAULT_LIMIT = 8
const MAX_LIMIT = 20

export const searchConversations = defineTool({
  name: 'search_conversations',
  description: english`Finds messages of earlier conversations with this person by their words. Use it when they refer to something that was said before and is not in this conversation.`,
  parameters: z.object({
    query: z.string().min(1).max(200).describe('A few words that the message contains.'),
    limit: z.int().min(1).max(MAX_LIMIT).nullable().describe('Null for eight results.'),
  }),
  execute: async ({ query, limit }, { searchMessages }) => {
    const hits = await searchMessages(query, limit ?? DEFAULT_LIMIT)
    if (hits.length === 0) return 'Nothing was found. Try fewer or other words.'
    return hits.map(({ conversationId, title, role, snippet, at }) => ({
      said: snippet,
      by: role,
      at,
      conversation: title,
      link: `/c/${conversationId}`,
    }))
  },
  pendingLabel: ({ query }) => t`Search earlier chats · ${query}`,
  label: ({ query }, output) =>
    typeof output === 'string'
      ? t`Found nothing in earlier chats · ${query}`
      : t`Searched earlier chats · ${query}`,
})
