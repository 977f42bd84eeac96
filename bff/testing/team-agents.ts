// For browser tests: agents that ask, hand over and run inside each other.
import { z } from 'zod'
import { askUser } from '../agents/ask-user.ts'
import { agentTool } from '../runtime/agent-tool.ts'
import { type AgentDefinition, defineAgent } from '../runtime/define-agent.ts'
import { defineTool } from '../runtime/define-tool.ts'

const refund = defineTool({
  name: 'refund',
  description: 'Pays an order back.',
  parameters: z.object({ order: z.string(), amount: z.number().positive() }),
  needsApproval: ({ amount }) => amount > 20 && 'Refunds above $20 need a person.',
  pendingLabel: ({ order, amount }) => `Refund $${amount} to order ${order}`,
  label: ({ order, amount }) => `Refunded order ${order} · $${amount}`,
  execute: ({ amount }) => `Paid $${amount}.`,
})

const readOrder = defineTool({
  name: 'read_order',
  description: 'Reads an order.',
  parameters: z.object({ order: z.string() }),
  isReadOnly: true,
  needsApproval: true,
  execute: ({ order }) => `Order ${order} is delivered.`,
})

const readManual = defineTool({
  name: 'read_manual',
  description: 'Reads the whole manual.',
  parameters: z.object({}),
  execute: () => `${'All about lamps. '.repeat(8_000)}The last words.`,
})

const lookUp = defineTool({
  name: 'look_up',
  description: 'Looks a word up.',
  parameters: z.object({ word: z.string() }),
  label: ({ word }) => `Looked up “${word}”`,
  execute: ({ word }) => `${word} is a word.`,
})

const research = agentTool({
  name: 'research',
  description: 'Finds something out.',
  agent: 'test_researcher',
})

/** The agents whose names begin with `test_`. */
export const TEAM: AgentDefinition[] = [
  defineAgent({
    name: 'test_desk',
    description: 'Pays orders back.',
    instructions: 'Help the customer.',
    authority: 'Pays back up to $20 alone. Asks a person above that.',
    tools: [refund, readOrder, readManual, askUser, research],
    handoffs: ['test_reporter'],
  }),
  defineAgent({
    name: 'test_researcher',
    description: 'Finds things out.',
    instructions: 'Find it out.',
    entry: false,
    tools: [lookUp],
  }),
  defineAgent({
    name: 'test_reporter',
    description: 'Reports on the weather.',
    instructions: 'Report.',
    output: {
      name: 'weather_report',
      schema: z.object({ city: z.string(), highs: z.array(z.number()), rain: z.boolean() }),
    },
  }),
]
