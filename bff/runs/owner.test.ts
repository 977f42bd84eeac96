// Every query about runs, and about what they wait for and leave behind, names the owner.
import { expect, test } from 'vitest'
import { Rule } from '#shared/rules.ts'
import type { Script } from '../../e2e/fake-upstream.ts'
import { agentTool } from '../runtime/agent-tool.ts'
import { approvals, call, END, only, payingAgent, refunds } from '../testing/asking-agent.ts'
import { agentWith } from '../testing/begin-run.ts'
import { heldTally } from '../testing/budgets.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import { expiredWaits, takeWait, waitsOf } from './wait-store.ts'

const OWNED =
  /(from|join|update|into) "?(runs|waits|rules)\b|(from|join) "?(nested_items|tool_outputs)\b/
/** Housekeeping, and sums of the ledger over runs that were looked up by their owner. */
const OF_ALL = /run_journal|"ended_at" < |"deleted_at" is not null|model_calls/

test('approvals, rules and nested runs over a restart leave no query without an owner', async () => {
  const unowned = new Set<string>()
  const onQuery = (query: string) => {
    if (OWNED.test(query) && !OF_ALL.test(query) && !query.includes('owner')) unowned.add(query)
  }
  const paid: number[] = []
  const worker = { ...payingAgent(paid), name: 'worker', entry: false }
  const work = agentTool({ name: 'work', description: 'Works.', agent: 'worker' })
  const agents = new Map([agentWith([work]), worker].map((agent) => [agent.name, agent]))
  const answers = [refunds(30), refunds(31), refunds(32), END]
  const script: Script = ({ body }) => {
    const text = JSON.stringify(body)
    if (JSON.stringify(body['tools']).includes('"refund"')) return answers.shift() ?? END
    return text.includes('"role":"tool"') ? END : call('work', { input: 'Pay' })
  }
  const options = {
    folder: temporaryFolder(),
    findAgent: (name: string) => agents.get(name),
    onQuery,
  }
  const before = await heldTally(script, {}, options)
  const run = await before.tally.say('Pay')
  const first = only(await approvals(before.tally, run))
  const rule = { agent: 'worker', tool: 'refund', conditions: [{ field: 'amount', atMost: 31 }] }
  const { id } = Rule.parse(await (await before.tally.send('POST', '/api/rules', rule)).json())
  await before.tally.parts.end()

  const { tally } = await heldTally(before.upstream, {}, options)
  const decide = ({ waitId, argumentsHash }: typeof first) =>
    tally.decide(run, { waitId, decision: 'approve', argumentsHash, scope: 'once' })
  await decide(first)
  const [, last] = await approvals(tally, run, 2)
  if (last === undefined) throw new Error('It does not wait.')
  await tally.send('PATCH', `/api/rules/${id}`, { conditions: [{ field: 'amount', atMost: 5 }] })
  await tally.send('DELETE', `/api/rules/${id}`)
  await tally.request('/api/waits')
  await tally.request(`/api/rules/offer?waitId=${last.waitId}`)
  await decide(last)
  expect((await tally.over(run)).at(-1)).toMatchObject({ status: 'completed' })
  expect(paid).toEqual([30, 31, 32])
  await tally.request(`/api/runs/${run.id}/outputs/${last.callId}`)
  await tally.request(`/api/conversations/${run.conversationId}`)
  await tally.send('POST', `/api/runs/${run.id}/stop`)
  expect([...unowned]).toEqual([])
})

test('what a run of another owner waits for is neither shown nor decided nor ended', async () => {
  const now = new Date(Date.now() + 3_600_000)
  const folder = temporaryFolder()
  const { tally } = await heldTally(
    [refunds(30), END],
    {},
    {
      folder,
      findAgent: () => payingAgent([]),
    },
  )
  const run = await tally.say('Pay')
  const { waitId, argumentsHash } = only(await approvals(tally, run))
  const { db } = tally.parts
  await db.transaction((trx) => trx.updateTable('waits').set({ owner: 'other' }).execute())
  const approve = { waitId, decision: 'approve', argumentsHash, scope: 'once' } as const
  expect((await tally.decide(run, approve)).status).toBe(409)
  expect(await waitsOf(db, run.id)).toEqual([])
  expect(await expiredWaits(db, new Date(now.getTime() + 48 * 3_600_000))).toEqual([])
  expect(await takeWait(db, waitId, { decision: 'approve' })).toBe(false)
})
