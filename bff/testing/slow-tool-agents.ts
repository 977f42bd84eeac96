// For browser tests: the agents of the product, one with a tool of controlled duration, and some that ask.
import { z } from 'zod'
import { AGENTS } from '../agents/registry.ts'
import { defineAgent } from '../runtime/define-agent.ts'
import { defineTool } from '../runtime/define-tool.ts'
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

export const SLOW_TOOL_AGENTS = [...AGENTS, testAgent, ...TEAM]
