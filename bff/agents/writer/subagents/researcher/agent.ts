import { defineAgent } from '../../../../runtime/define-agent.ts'
import { searchDocumentation } from '../../../assistant/tools/search-documentation.ts'
import { english } from '#shared/translate.ts'

export const researcher = defineAgent({
  name: 'researcher',
  description: english`Finds facts in Tally's documentation, for the writer.`,
  authority: english`It reads the documentation. It changes nothing.`,
  instructions: new URL('./prompts/researcher.md', import.meta.url),
  tools: [searchDocumentation],
  entry: false,
  limits: { turns: 6, toolCalls: 6 },
})
