// Runs that wait for people across the end of a process.
import { expect, test } from 'vitest'
import type { Script } from '../../e2e/fake-upstream.ts'
import { agentTool } from '../runtime/agent-tool.ts'
import {
  type Approval,
  approvals,
  END,
  payingAgent,
  refunds,
  results,
  startAsking,
} from '../testing/asking-agent.ts'
import { agentWith } from '../testing/begin-run.ts'
import { heldTally } from '../testing/budgets.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'

test('an approval outlives the process, and its tool runs once, with the result before the request', async () => {
  const folder = temporaryFolder()
  const before = await startAsking([refunds(30, 40), END], { folder })
  const run = await before.tally.say('Refund both')
  const [first] = await approvals(before.tally, run, 2)
  if (first === undefined) throw new Error('It does not wait.')
  const approve = (asked: Approval) =>
    ({
      waitId: asked.waitId,
      decision: 'approve',
      argumentsHash: asked.argumentsHash,
      scope: 'once',
    }) as const
  await before.tally.decide(run, approve(first))
  await expect.poll(() => before.paid).toEqual([30])
  await before.tally.parts.end()

  const after = await startAsking(before.upstream, { folder })
  expect(await after.tally.run(run.id)).toMatchObject({ status: 'running' })
  const [, second] = await approvals(after.tally, run, 2)
  if (second === undefined) throw new Error('It does not wait.')
  expect((await after.tally.decide(run, approve(first))).status).toBe(409)
  expect((await after.tally.decide(run, approve(second))).status).toBe(200)
  const events = await after.tally.over(run)
  expect(after.paid).toEqual([40])
  expect(events.at(-1)).toMatchObject({ type: 'done', status: 'completed' })
  expect(results(events)).toEqual([
    ['ok', 'Paid 30.'],
    ['ok', 'Paid 40.'],
  ])
  const sent = JSON.stringify(before.upstream.calls.at(-1)?.body)
  expect(sent).toContain('Paid 30.')
  expect(sent).toContain('Paid 40.')
  expect(sent).not.toContain('No result')
})

test('nested runs wait on their own, at once, and keep their items out of the conversation', async () => {
  const paid: number[] = []
  const worker = { ...payingAgent(paid), name: 'worker', entry: false }
  const boss = agentWith([agentTool({ name: 'work', description: 'Works.', agent: 'worker' })])
  const agents = new Map([boss, worker].map((agent) => [agent.name, agent]))
  const script: Script = ({ body }) => {
    const text = JSON.stringify(body)
    if (!text.includes('Part '))
      return {
        parts: ['Part 30', 'Part 40'].map((input) => ({
          call: { name: 'work', arguments: { input } },
        })),
      }
    if (text.includes('"work')) return END
    const amount = Number(/Part (\d+)/.exec(text)?.[1])
    return text.includes('Paid')
      ? { parts: [{ text: `Part ${amount} is done.` }] }
      : refunds(amount)
  }
  const findAgent = (name: string) => agents.get(name)
  const folder = temporaryFolder()
  const { tally, upstream } = await heldTally(script, {}, { folder, findAgent })
  const run = await tally.say('Do both')
  const asked = await approvals(tally, run, 2)
  expect(asked.map(({ parentCallId }) => parentCallId !== undefined)).toEqual([true, true])
  await tally.parts.end()

  const again = await heldTally(upstream, {}, { folder, findAgent })
  for (const { waitId, argumentsHash } of asked) {
    const approve = { waitId, decision: 'approve', argumentsHash, scope: 'once' } as const
    expect((await again.tally.decide(run, approve)).status).toBe(200)
  }
  expect((await again.tally.over(run)).at(-1)).toMatchObject({ status: 'completed' })
  expect(paid).toHaveLength(2)
  expect(paid).toEqual(expect.arrayContaining([30, 40]))
  const { messages } = await again.tally.conversation(run.conversationId)
  expect(messages[1]?.parts).toMatchObject([
    {
      name: 'work',
      status: 'done',
      output: 'Part 30 is done.',
      parts: [{ name: 'refund' }, { text: 'Part 30 is done.' }],
    },
    { name: 'work', status: 'done', output: 'Part 40 is done.', parts: [{ name: 'refund' }, {}] },
    { text: 'All done.' },
  ])
  const last = JSON.stringify(upstream.calls.at(-1)?.body)
  expect(last).toContain('Part 40 is done.')
  expect(last).not.toContain('Paid')
  expect(
    upstream.calls.filter(({ body }) => JSON.stringify(body).includes('Do both')),
  ).toHaveLength(2)
})
