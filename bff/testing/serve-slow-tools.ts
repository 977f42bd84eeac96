// The process that browser tests start if they need a tool of controlled duration, or agents that ask.
import { z } from 'zod'
import { defineAgent } from '../runtime/define-agent.ts'
import { defineTool } from '../runtime/define-tool.ts'
import { AGENTS } from '../agents/registry.ts'
import { loadConfig } from '../config/config.ts'
import { createLog } from '../log/log.ts'
import { onSignal } from '../serve/shutdown.ts'
import { startTally } from '../serve/serve.ts'
import { TEAM } from './team-agents.ts'

const slowTool = defineTool({
  name: 'slow_tool',
  description: 'Asks at an address and waits for the answer.',
  parameters: z.object({ address: z.string() }),
  execute: async ({ address }, { signal }) => (await fetch(address, { signal })).text(),
})

const testAgent = defineAgent({
  name: 'test_agent',
  description: 'Runs slow tools.',
  instructions: 'Run the slow tools.',
  tools: [slowTool],
})

const agents = [...AGENTS, testAgent, ...TEAM]
const config = loadConfig(process.cwd(), process.env)
const log = createLog()
const tally = await startTally(config, '0.0.0', log, agents)
onSignal(tally.stop, (error) => log.fault(error, 'shutdown'))
