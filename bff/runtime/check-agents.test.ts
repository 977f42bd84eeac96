import { expect, test } from 'vitest'
import { z } from 'zod'
import { AGENTS } from '../agents/registry.ts'
import { agentWith } from '../testing/begin-run.ts'
import { agentTool } from './agent-tool.ts'
import { checkAgents } from './check-agents.ts'
import { defineTool } from './define-tool.ts'

const tool = defineTool({
  name: 'view',
  description: 'Shows.',
  parameters: z.object({}),
  execute: () => null,
})
const named = (name: string, more = {}) => agentWith([], { name, ...more })

test('the agents of Tally are sound', () => {
  expect(() => checkAgents(AGENTS)).not.toThrow()
})

test.each([
  ['an unknown handoff', [named('a', { handoffs: ['b'] })], /names the agent "b"/],
  [
    'an unknown nested agent',
    [agentWith([agentTool({ name: 't', description: '', agent: 'b' })])],
    /names the agent "b"/,
  ],
  ['a name used twice', [named('a'), named('a')], /Two agents are called "a"/],
  ['a tool name used twice', [agentWith([tool, tool])], /two tools called "view"/],
  [
    'an agent nobody can get to',
    [named('a'), named('b', { entry: false })],
    /Nobody can get to the agent "b"/,
  ],
])('%s is an error that says what to change', (_, agents, words) => {
  expect(() => checkAgents(agents)).toThrow(words)
})

test('agents may hand over to each other, and be reached through others', () => {
  const agents = [
    named('a', { handoffs: ['b'] }),
    named('b', { handoffs: ['a', 'c'], entry: false }),
    named('c', { entry: false }),
  ]
  expect(() => checkAgents(agents)).not.toThrow()
})
