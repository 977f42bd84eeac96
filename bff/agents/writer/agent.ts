import { defineAgent } from '../../runtime/define-agent.ts'
import { agentTool } from '../../runtime/agent-tool.ts'
import { english } from '#shared/translate.ts'

const research = agentTool({
  name: 'research',
  description: english`Asks a researcher for facts with their sources. Ask several at once, each about one topic.`,
  agent: 'researcher',
  calledAgent: english`the researcher`,
  maxConcurrent: 4,
})

export const writer = defineAgent({
  name: 'writer',
  description: english`Writes a short article about Tally from what its researchers find.`,
  authority: english`It reads and writes text. It changes nothing.`,
  instructions: new URL('./prompts/writer.md', import.meta.url),
  tools: [research],
  limits: { toolCalls: 12 },
})
