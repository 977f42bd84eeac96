// Tally with two more agents: one without tools, and one with ten that gives its work to another agent.
import { z } from 'zod'
import { AGENTS } from '../../bff/agents/registry.ts'
import { loadConfig } from '../../bff/config/config.ts'
import { createLog } from '../../bff/log/log.ts'
import { agentTool } from '../../bff/runtime/agent-tool.ts'
import { defineAgent } from '../../bff/runtime/define-agent.ts'
import { defineTool } from '../../bff/runtime/define-tool.ts'
import { startTally } from '../../bff/serve/serve.ts'
import { onSignal } from '../../bff/serve/shutdown.ts'

const instructions = 'Answer in full.'
const tools = Array.from({ length: 9 }, (_, index) =>
  defineTool({
    name: `look_up_${index + 1}`,
    description: 'Looks up what is known about a river, by its name and a year.',
    parameters: z.object({ river: z.string(), year: z.number().nullable(), isLong: z.boolean() }),
    execute: ({ river }) => `${river} is long.`,
  }),
)
const delegate = agentTool({
  name: 'delegate',
  description: 'Gives the work away.',
  agent: 'worker',
})
const agents = [
  defineAgent({ name: 'plain', description: 'Answers.', instructions }),
  defineAgent({ name: 'worker', description: 'Answers.', instructions, entry: false }),
  defineAgent({ name: 'boss', description: 'Asks.', instructions, tools: [...tools, delegate] }),
]

const log = createLog()
const config = loadConfig(process.cwd(), process.env)
const tally = await startTally(config, '0.0.0', log, [...AGENTS, ...agents])
onSignal(tally.stop, (error) => log.fault(error, 'shutdown'))
process.stdout.write(`Tally is at ${tally.address}\n`)
