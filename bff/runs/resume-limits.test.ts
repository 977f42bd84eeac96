// The limits of a run that goes on in a later process: what it had used stays used.
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Script } from '../../e2e/fake-upstream.ts'
import { agentTool } from '../runtime/agent-tool.ts'
import type { AgentDefinition, AgentLimits } from '../runtime/define-agent.ts'
import { defineTool } from '../runtime/define-tool.ts'
import { approvals, call, END, payingAgent, refunds } from '../testing/asking-agent.ts'
import { agentWith } from '../testing/begin-run.ts'
import { heldTally } from '../testing/budgets.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'

const wait = defineTool({
  name: 'wait',
  description: 'Takes its time.',
  parameters: z.object({ ms: z.number() }),
  execute: ({ ms }) => new Promise((resolve) => setTimeout(resolve, ms, 'Waited.')),
})

/** Runs until it waits for an approval, which another process takes. Returns its ending. */
async function goOnElsewhere(script: Script, agents: AgentDefinition[], waits = 1) {
  const findAgent = (name: string) => agents.find((agent) => agent.name === name)
  const folder = temporaryFolder()
  const before = await heldTally(script, {}, { folder, findAgent })
  const run = await before.tally.say('Go on until you are stopped')
  const asked = await approvals(before.tally, run, waits)
  await before.tally.parts.end()
  const { tally } = await heldTally(before.upstream, {}, { folder, findAgent })
  for (const { waitId, argumentsHash } of asked) {
    await tally.decide(run, { waitId, decision: 'approve', argumentsHash, scope: 'once' })
  }
  const events = await tally.over(run)
  return { ending: events.at(-1), events, error: events.find(({ type }) => type === 'error') }
}

const limited = (limits: AgentLimits) => {
  const paid: number[] = []
  const { tools } = payingAgent(paid)
  return { paid, agents: [agentWith([...tools, wait], { limits })] }
}

const THREE_REFUNDS = [refunds(10), refunds(30), refunds(11), END]

test.for<[string, AgentLimits, Script, number[]]>([
  ['max_tool_calls', { toolCalls: 2 }, THREE_REFUNDS, [10, 30]],
  ['max_turns', { turns: 2 }, THREE_REFUNDS, [10, 30]],
  ['repeated_call', {}, [refunds(30, 30), refunds(30), END], [30, 30]],
  [
    'max_time',
    { wallTimeMs: 3000 },
    [call('wait', { ms: 2000 }), refunds(30), call('wait', { ms: 2000 }), END],
    [30],
  ],
])('%s counts what an earlier process did', async ([code, limits, script, amounts]) => {
  const { agents, paid } = limited(limits)
  const { ending, error } = await goOnElsewhere(script, agents, code === 'repeated_call' ? 2 : 1)
  expect(ending).toMatchObject({ status: 'failed' })
  expect(error).toMatchObject({ code })
  expect(paid).toEqual(amounts)
})

test('a limit that is not reached lets the run go on', async () => {
  const { agents, paid } = limited({ toolCalls: 3, turns: 4, wallTimeMs: 60_000 })
  expect((await goOnElsewhere(THREE_REFUNDS, agents)).ending).toMatchObject({ status: 'completed' })
  expect(paid).toEqual([10, 30, 11])
})

test.for<[string, AgentLimits, AgentLimits, 'completed' | 'failed']>([
  ['its own', { toolCalls: 2 }, {}, 'completed'],
  ['those around it', {}, { toolCalls: 3 }, 'failed'],
])('a nested run goes on within %s limits', async ([, limits, outer, status]) => {
  const paid: number[] = []
  const worker = { ...payingAgent(paid), name: 'worker', entry: false, limits }
  const tool = agentTool({ name: 'work', description: 'Works.', agent: 'worker' })
  const answers = [refunds(10), refunds(30), refunds(11), END]
  const script: Script = ({ body }) => {
    const text = JSON.stringify(body)
    if (JSON.stringify(body['tools']).includes('"refund"')) return answers.shift() ?? END
    return text.includes('"role":"tool"') ? END : call('work', { input: 'Pay' })
  }
  const { ending } = await goOnElsewhere(script, [agentWith([tool], { limits: outer }), worker])
  expect(ending).toMatchObject({ status })
  expect(paid).toEqual([10, 30])
})
