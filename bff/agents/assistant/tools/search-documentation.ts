import { z } from 'zod'
import { defineTool } from '../../../runtime/define-tool.ts'
import { searchDocumentation as search } from '../../../documentation/search.ts'
import { english, t } from '#shared/translate.ts'

export const searchDocumentation = defineTool({
  name: 'search_documentation',
  description: english`Looks into the documentation of Tally, the application this conversation takes place in. Use it for questions about Tally: connecting a provider or local model, costs, keys, settings, keyboard, tools, agents, data.`,
  parameters: z.object({
    query: z.string().min(1).max(200).describe('A few words in English.'),
  }),
  execute: async ({ query }) => {
    const sections = await search(query)
    if (sections.length === 0) return 'Nothing was found. Try fewer or other words.'
    return sections.map(({ page, heading, text }) => ({ page, heading, text }))
  },
  pendingLabel: ({ query }) => t`Search the documentation · ${query}`,
  label: ({ query }, output) =>
    typeof output === 'string'
      ? t`Found nothing in the documentation · ${query}`
      : t`Searched the documentation · ${query}`,
})
