import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { SearchIndex } from '../../../documentation/search.ts'
import { cutAtHeadings } from '../../../documentation/sections.ts'
import { defineTool } from '../../../runtime/define-tool.ts'
import { english, plural, t } from '#shared/translate.ts'

const FILE = new URL('../knowledge-base.md', import.meta.url)
const MAX_ARTICLES = 3

let index: Promise<SearchIndex> | undefined

export const searchKnowledgeBase = defineTool({
  name: 'search_knowledge_base',
  description: english`Finds help articles of the shop by their words.`,
  parameters: z.object({
    query: z.string().min(1).max(200).describe('A few words in English.'),
  }),
  isReadOnly: true,
  execute: async ({ query }) => {
    index ??= SearchIndex.build(cutAtHeadings(readFileSync(FILE, 'utf8')))
    const found = (await index).search(query, MAX_ARTICLES)
    if (found.length === 0) return 'Nothing was found. Try fewer or other words.'
    return found.map(({ heading, text }) => ({ article: heading, text }))
  },
  pendingLabel: ({ query }) => t`Search the help articles · ${query}`,
  label: ({ query }, output) =>
    typeof output === 'string'
      ? t`Found no article about ${query}`
      : plural(output.length, {
          one: t`Found 1 article about ${query}`,
          other: t`Found ${output.length} articles about ${query}`,
        }),
})
