// Going on with an answer in the same message, over real HTTP and SQLite, with the real agent in front of
// a fake upstream.
import { expect, test } from 'vitest'
import { z } from 'zod'
import { Receipt, Run } from '#shared/api.ts'
import type { Message } from '#shared/message.ts'
import type { Answer } from '../../e2e/fake-answer.ts'
import { messageText } from '#shared/message-text.ts'
import type { AgentLimits } from '../runtime/define-agent.ts'
import { defineTool } from '../runtime/define-tool.ts'
import { listAt, textAt } from '../upstream/record.ts'
import { call, END, refunds, startAsking, approvals } from '../testing/asking-agent.ts'
import { agentWith } from '../testing/begin-run.ts'
import { type HeldTally, heldTally } from '../testing/budgets.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'

const add = defineTool({
  name: 'add',
  description: 'Adds two numbers.',
  parameters: z.object({ a: z.number(), b: z.number() }),
  execute: ({ a, b }) => a + b,
})
const wait = defineTool({
  name: 'wait',
  description: 'Waits.',
  parameters: z.object({ ms: z.number() }),
  execute: ({ ms }) => new Promise((resolve) => setTimeout(() => resolve('Waited.'), ms)),
})
const adds = (b: number) => call('add', { a: 1, b })

function startLimited(script: Answer[], limits: AgentLimits, target = {}) {
  const agent = agentWith([add, wait], { limits })
  return heldTally(script, {}, { target, findAgent: () => agent })
}

const goOn = (tally: HeldTally, { messageId }: Run, headers = {}) =>
  tally.send('POST', `/api/messages/${messageId}/continue`, undefined, headers)

async function continued(tally: HeldTally, run: Run): Promise<Run> {
  const response = await goOn(tally, run)
  expect(response.status).toBe(202)
  return Run.parse(await response.json())
}

async function answer(tally: HeldTally, { conversationId }: Run): Promise<Message> {
  const last = (await tally.conversation(conversationId)).messages.at(-1)
  if (last === undefined) throw new Error('There is no answer.')
  return last
}

const COST: AgentLimits = { costNanoUsd: 1 }
const LIMITS: [string, AgentLimits, Answer[], string, RegExp][] = [
  ['turns', { turns: 2 }, [adds(1), adds(2), END], 'max_turns', /after 2 model calls/],
  ['tool calls', { toolCalls: 2 }, [adds(1), adds(2), adds(3), END], 'max_tool_calls', /after 2/],
  ['time', { wallTimeMs: 150 }, [call('wait', { ms: 5000 }), END], 'max_time', /after/],
  ['money', COST, [adds(1), END], 'max_cost', /limit for one answer/],
  ['repeats', {}, [adds(1), adds(1), adds(1), END], 'repeated_call', /called add three times/],
]

test.for(
  LIMITS.flatMap((each) =>
    (['responses', 'chat_completions'] as const).map((api) => [api, ...each] as const),
  ),
)('on %s a limit of %s ends with its sentence and can be continued', async (given) => {
  const [api, , limits, script, code, sentence] = given
  const { tally, upstream } = await startLimited(script, limits, { api })
  const run = await tally.say('Count')
  expect((await tally.over(run)).at(-1)).toMatchObject({ type: 'done', status: 'failed' })
  const ended = await answer(tally, run)
  const failure = { kind: 'error', code, text: expect.stringMatching(sentence) }
  expect(ended.parts.at(-1)).toMatchObject(failure)
  expect(ended.parts[0]).toMatchObject({ type: 'tool_call' })

  const next = await continued(tally, run)
  expect(next).toMatchObject({ messageId: run.messageId, userMessageId: run.userMessageId })
  expect((await tally.over(next)).at(-1)).toMatchObject({ type: 'done', status: 'completed' })
  const whole = await answer(tally, run)
  expect(whole).toMatchObject({ id: run.messageId, status: 'completed', runId: next.id })
  expect(whole.createdAt).toBe(ended.createdAt)
  expect(whole.parts.slice(0, ended.parts.length)).toEqual(ended.parts)
  expect(whole.parts.at(-1)).toEqual({ type: 'text', text: 'All done.' })
  expect(whole.totals?.calls).toBe(upstream.calls.length)
  for (const { id } of [run, next]) {
    const path = `/api/runs/${id}/calls`
    const receipt = Receipt.parse(await (await tally.request(path)).json())
    expect(receipt.items).toHaveLength(upstream.calls.length)
    expect(receipt.totals).toEqual(whole.totals)
  }
})

test('a limit that the last answer reaches ends nothing', async () => {
  const { tally } = await startLimited([END], COST)
  expect((await tally.over(await tally.say('Hi'))).at(-1)).toMatchObject({ status: 'completed' })
})

test.for(['responses', 'chat_completions'] as const)(
  'on %s a text that broke off is last in the request, and the model goes on from it',
  async (api) => {
    const broken: Answer = { parts: [{ text: 'One, two, ' }, { fault: 'cut_off' }] }
    const { tally, upstream } = await startLimited(
      [broken, { parts: [{ text: 'three.' }] }],
      {},
      { api },
    )
    const run = await tally.say('Count')
    await tally.over(run)
    expect((await answer(tally, run)).status).toBe('failed')
    await tally.over(await continued(tally, run))
    const sent = upstream.calls[1]?.body
    const last = [...listAt(sent, 'messages'), ...listAt(sent, 'input')].at(-1)
    expect(textAt(last, 'role')).toBe('assistant')
    expect(JSON.stringify(last)).toContain('One, two, ')
    expect(messageText(await answer(tally, run))).toContain('three.')

    const after = await tally.start(run.conversationId, { text: 'And?' })
    await tally.over(after)
    expect(JSON.stringify(upstream.calls[2]?.body)).toMatch(/One, two, .*three\..*And\?/)
  },
)

test('a stopped answer goes on once, with the same key', async () => {
  const held = Promise.withResolvers<void>()
  const script: Answer[] = [{ parts: [{ text: 'Half ' }, { wait: held.promise }] }, END]
  const { tally } = await startLimited(script, {})
  const run = await tally.say('Count')
  for await (const { event } of tally.follow(run.id)) if (event.type === 'token') break
  expect((await goOn(tally, run)).status).toBe(409)
  await tally.send('POST', `/api/runs/${run.id}/stop`)
  await tally.over(run)
  const key = { 'Idempotency-Key': 'once' }
  const both = await Promise.all([goOn(tally, run, key), goOn(tally, run, key)])
  const [one, two] = await Promise.all(both.map(async (each) => Run.parse(await each.json())))
  expect(one?.id).toBe(two?.id)
  await tally.over(Run.parse(one))
  expect(messageText(await answer(tally, run))).toBe('Half All done.')
  const complete = await goOn(tally, run)
  expect(complete.status).toBe(409)
  expect(await complete.json()).toMatchObject({ code: 'not_continuable' })
  held.resolve()
})

test('only the last answer of the selected branch goes on, and only one that there is', async () => {
  const broken: Answer = { parts: [{ text: 'Half' }, { fault: 'cut_off' }] }
  const { tally } = await startLimited([broken], {})
  const run = await tally.say('Count')
  await tally.over(run)
  const second = await tally.start(run.conversationId, { retryOf: run.messageId })
  await tally.over(second)
  expect((await goOn(tally, run)).status).toBe(409)
  const question = await tally.send('POST', `/api/messages/${run.userMessageId}/continue`)
  expect(question.status).toBe(409)
  expect((await tally.send('POST', '/api/messages/nothing/continue')).status).toBe(404)
  const zone = await tally.send('POST', `/api/messages/${second.messageId}/continue`, {
    timeZone: 'Nowhere',
  })
  expect(zone.status).toBe(400)
})

test('a continued run that waits outlives the process with all that the message has', async () => {
  const folder = temporaryFolder()
  const broken: Answer = { parts: [{ text: 'First. ' }, { fault: 'cut_off' }] }
  const before = await startAsking([broken, refunds(50), END], { folder })
  const run = await before.tally.say('Refund')
  await before.tally.over(run)
  const next = await continued(before.tally, run)
  await approvals(before.tally, next)
  const seen = await answer(before.tally, run)
  expect(seen.parts).toMatchObject([{ text: 'First. ' }, { kind: 'error' }, { name: 'refund' }])
  await before.tally.parts.end()

  const after = await startAsking(before.upstream, { folder })
  expect((await answer(after.tally, run)).parts).toEqual(seen.parts)
  const [asked] = await approvals(after.tally, next)
  if (asked === undefined) throw new Error('It does not wait.')
  const { waitId, argumentsHash } = asked
  const approve = { waitId, decision: 'approve', argumentsHash, scope: 'once' } as const
  expect((await after.tally.decide(next, approve)).status).toBe(200)
  await after.tally.over(next)
  expect(after.paid).toEqual([50])
  const whole = await answer(after.tally, run)
  expect(whole).toMatchObject({ status: 'completed', totals: { calls: 3 } })
  expect(whole).not.toHaveProperty('damaged')
  expect(messageText(whole)).toBe('First. \n\nAll done.')
})

test('a continued run is recovered although the totals of its message cannot be read', async () => {
  const folder = temporaryFolder()
  const broken: Answer = { parts: [{ text: 'First. ' }, { fault: 'cut_off' }] }
  const before = await startAsking([broken, refunds(50), END], { folder })
  const run = await before.tally.say('Refund')
  await before.tally.over(run)
  const next = await continued(before.tally, run)
  await approvals(before.tally, next)
  const totals = '{"calls":"x"}'
  await before.tally.parts.db.transaction((trx) =>
    trx.updateTable('messages').set({ totals }).where('id', '=', run.messageId).execute(),
  )
  await before.tally.parts.end()

  const after = await startAsking(before.upstream, { folder })
  const seen = await answer(after.tally, run)
  expect(seen.parts.filter(({ type }) => type !== 'notice')).toMatchObject([
    { text: 'First. ' },
    { name: 'refund' },
  ])
})
