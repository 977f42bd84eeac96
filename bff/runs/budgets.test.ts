// Budgets over real HTTP and SQLite, with the real agent in front of a fake upstream.
import { expect, test } from 'vitest'
import { BudgetList, type GivenLimits } from '#shared/budgets.ts'
import type { Run } from '#shared/api.ts'
import type { RunEvent } from '#shared/run-event.ts'
import type { Answer } from '../../e2e/fake-answer.ts'
import type { Script } from '../../e2e/fake-upstream.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import { heldTally, inDollars, inTokens, MODEL } from '../testing/budgets.ts'

/** gpt-4.1-mini: $0.40 in, $1.60 out per million tokens. */
const reports = (input: number, output: number, text = 'Yes.'): Answer => ({
  parts: [{ text }],
  model: MODEL,
  usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
})

function eventsOf<Type extends RunEvent['type']>(events: RunEvent[], type: Type) {
  return events.filter((event): event is Extract<RunEvent, { type: Type }> => event.type === type)
}

test('without budgets nothing is limited and nothing is sent', async () => {
  const { tally, upstream } = await heldTally(reports(100, 10), {})
  const events = await tally.over(await tally.say('Hello'))
  expect(events.at(-1)).toMatchObject({ type: 'done', status: 'completed' })
  expect(upstream.calls[0]?.body).not.toHaveProperty('max_tokens')
})

test('the limit that a budget affords is sent, and no more than it', async () => {
  const { tally, upstream } = await heldTally(reports(100, 10), { run: inDollars(0.002) })
  await tally.over(await tally.say('Hello'))
  const sent = Number(upstream.calls[0]?.body['max_tokens'])
  expect(sent).toBeGreaterThan(256)
  expect(sent * 1600).toBeLessThan(2_000_000)
})

test('an answer that a budget cuts says so', async () => {
  const cut: Answer = { ...reports(100, 300), finish: 'length' }
  const { tally } = await heldTally(cut, { run: inDollars(0.002) })
  const events = await tally.over(await tally.say('Hello'))
  expect(eventsOf(events, 'error')).toMatchObject([
    { code: 'output_limit', message: expect.stringMatching(/budgets allowed it [\d,]+ tokens/) },
  ])
})

test('a run that does not fit waits, goes on for what was allowed, and is decided once', async () => {
  const { tally, upstream } = await heldTally(reports(100, 10), { day: inDollars(0.000_01) })
  const run = await tally.say('Hello')
  const waiting = await tally.waits(run)
  expect(waiting).toMatchObject({
    kind: 'budget',
    reason: 'money',
    scope: 'day',
    spentNanoUsd: 0,
    limitNanoUsd: 10_000,
  })
  expect(waiting.offerNanoUsd).toBeGreaterThanOrEqual(waiting.neededNanoUsd ?? 0)
  expect(upstream.calls).toHaveLength(0)
  const { activeRunId, messages } = await tally.conversation(run.conversationId)
  expect(activeRunId).toBe(run.id)
  expect(messages.at(-1)?.parts).toMatchObject([
    {
      kind: 'waiting',
      text: expect.stringMatching(/^This answer could cost up to \$0\.00\d+, and/),
    },
  ])

  const decisions = await Promise.all(
    ['continue', 'continue', 'stop'].map((decision) =>
      tally.decide(run, { waitId: waiting.waitId, decision: decision as 'continue' }),
    ),
  )
  expect(decisions.map(({ status }) => String(status)).toSorted()).toEqual(['200', '409', '409'])
  const events = await tally.over(run)
  expect(events.at(-1)).toMatchObject({ type: 'done', status: 'completed' })
  expect(eventsOf(events, 'decision')).toMatchObject([
    { decision: 'continue', allowance: { nanoUsd: waiting.offerNanoUsd, tokens: null } },
  ])
  expect(upstream.calls).toHaveLength(1)
  expect((await tally.decide(run, { waitId: waiting.waitId, decision: 'continue' })).status).toBe(
    409,
  )
})

test('what is allowed is allowed to one run, and only once', async () => {
  const { tally } = await heldTally(reports(100, 10), { day: inDollars(0) })
  const first = await tally.say('Hello')
  const { waitId } = await tally.waits(first)
  await tally.decide(first, { waitId, decision: 'continue' })
  await tally.over(first)
  const next = await tally.start(first.conversationId, { text: 'Again' })
  expect(await tally.waits(next)).toMatchObject({ scope: 'day', reason: 'money' })
})

test('a tool loop is held before each of its requests', async () => {
  const call = { call: { name: 'calculate', arguments: { expression: '1 + 1' } } }
  const { tally, upstream } = await heldTally(
    [{ ...reports(100, 500), parts: [call] }, reports(200, 10, 'Two.')],
    { run: inDollars(0.0012) },
  )
  const run = await tally.say('1 + 1')
  const waiting = await tally.waits(run)
  expect(waiting).toMatchObject({ scope: 'run', spentNanoUsd: 100 * 400 + 500 * 1600 })
  expect(upstream.calls).toHaveLength(1)
  await tally.decide(run, { waitId: waiting.waitId, decision: 'continue', limitNanoUsd: 900_000 })
  const events = await tally.over(run)
  expect(events.at(-1)).toMatchObject({ type: 'done', status: 'completed' })
  expect(Number(upstream.calls[1]?.body['max_tokens']) * 1600).toBeLessThan(900_000)
})

test.each(['decided', 'requested'] as const)(
  'a waiting run that is %s to stop ends',
  async (how) => {
    const { tally, upstream } = await heldTally(reports(1, 1), { day: inDollars(0) })
    const run = await tally.say('Hello')
    const { waitId } = await tally.waits(run)
    if (how === 'decided') await tally.decide(run, { waitId, decision: 'stop' })
    else await tally.send('POST', `/api/runs/${run.id}/stop`)
    const events = await tally.over(run)
    expect(events.at(-1)).toMatchObject({ type: 'done', status: 'stopped' })
    expect(upstream.calls).toHaveLength(0)
    expect((await tally.conversation(run.conversationId)).activeRunId).toBeNull()
  },
)

test.each(['continue', 'stop', 'request'] as const)(
  'a waiting run outlives the process and takes "%s" after it',
  async (how) => {
    const folder = temporaryFolder()
    const call = { call: { name: 'calculate', arguments: { expression: '6 * 7' } } }
    const script = [{ ...reports(100, 500), parts: [call] }, reports(200, 10, 'It is 42.')]
    const { tally, upstream } = await heldTally(script, { run: inDollars(0.0012) }, { folder })
    const run = await tally.say('6 * 7')
    const { waitId } = await tally.waits(run)
    await tally.parts.end()

    const after = await heldTally(upstream, { run: inDollars(0.0012) }, { folder })
    const { activeRunId, messages } = await after.tally.conversation(run.conversationId)
    expect(activeRunId).toBe(run.id)
    expect(messages.at(-1)).toMatchObject({ status: 'running' })
    if (how === 'request') await after.tally.send('POST', `/api/runs/${run.id}/stop`)
    else await after.tally.decide(run, { waitId, decision: how })
    const events = await after.tally.over(run)
    const status = how === 'continue' ? 'completed' : 'stopped'
    expect(events.at(-1)).toMatchObject({ type: 'done', status })
    expect(eventsOf(events, 'run')).toHaveLength(1)
    expect(upstream.calls).toHaveLength(how === 'continue' ? 2 : 1)
  },
)

test('a run that goes on after a restart sends what it had stored', async () => {
  const folder = temporaryFolder()
  const call = { call: { name: 'calculate', arguments: { expression: '6 * 7' } } }
  const script = [{ ...reports(100, 500), parts: [call] }, reports(200, 10, 'It is 42.')]
  const budgets = { run: inDollars(0.0012) }
  const { tally, upstream } = await heldTally(script, budgets, { folder })
  const run = await tally.say('6 * 7')
  const { waitId } = await tally.waits(run)
  await tally.parts.end()

  const after = await heldTally(upstream, budgets, { folder })
  await after.tally.decide(run, { waitId, decision: 'continue' })
  await after.tally.over(run)
  expect(upstream.calls[1]?.body['messages']).toMatchObject([
    { role: 'system' },
    { role: 'user', content: '6 * 7' },
    { role: 'assistant', tool_calls: [{ function: { name: 'calculate' } }] },
    { role: 'tool', content: expect.stringContaining('42') },
  ])
})

test('twenty runs at once never spend more than the budget they share', async () => {
  const limit = 10_000_000
  const { tally, upstream } = await heldTally(
    // Slow enough that all twenty would be under way together.
    (asked) => ({ ...reports(60, Math.min(900, Number(asked.body['max_tokens']))), firstMs: 50 }),
    { day: { limitNanoUsd: limit, limitTokens: null } },
  )
  const runs = await Promise.all(Array.from({ length: 20 }, () => tally.say('Tell me all')))
  const endings = await Promise.all(runs.map((run) => tally.endsOrWaits(run)))
  const spent = (await tally.day()).spentNanoUsd ?? 0
  expect(spent).toBeLessThanOrEqual(limit)
  // As many as fit were answered, not just the first.
  expect(spent).toBeGreaterThan(limit * 0.8)
  expect(endings.filter((ending) => ending === 'done').length).toBe(upstream.calls.length)
  expect(endings).toContain('waiting')
})

test('an unpriced model is held by tokens, and asks once where there are none', async () => {
  const unknown = { target: { model: 'nobody-sells-this' } }
  const byTokens = await heldTally(
    reports(100, 10),
    { day: { limitNanoUsd: 1, limitTokens: 5000 } },
    unknown,
  )
  await byTokens.tally.over(await byTokens.tally.say('Hello'))
  expect(Number(byTokens.upstream.calls[0]?.body['max_tokens'])).toBeLessThan(5000)

  const asked = await heldTally(reports(100, 10), { day: inDollars(1) }, unknown)
  const run = await asked.tally.say('Hello')
  const waiting = await asked.tally.waits(run)
  expect(waiting).toMatchObject({ reason: 'unpriced', offerNanoUsd: null, offerTokens: null })
  await asked.tally.decide(run, { waitId: waiting.waitId, decision: 'continue' })
  expect((await asked.tally.over(run)).at(-1)).toMatchObject({ status: 'completed' })
})

test('a new day has its whole budget', async () => {
  let now = new Date()
  const held = await heldTally(reports(1000, 1000), { day: inTokens(2500) }, { now: () => now })
  await held.tally.over(await held.tally.say('Hello'))
  const run = await held.tally.say('Hello')
  const { waitId } = await held.tally.waits(run)
  await held.tally.decide(run, { waitId, decision: 'stop' })
  now = new Date(now.getTime() + 24 * 3_600_000)
  expect(await held.tally.day()).toMatchObject({ spentTokens: 0 })
  const events = await held.tally.over(await held.tally.say('Good morning'))
  expect(events.at(-1)).toMatchObject({ status: 'completed' })
})

test('half, four fifths and all of a budget are told once each', async () => {
  const script = [reports(1500, 3500), reports(1500, 1500), reports(1200, 800)]
  const { tally } = await heldTally(script, { day: inTokens(10_000) })
  const conversation = await tally.create()
  const told: unknown[] = []
  for (const text of ['one', 'two', 'three']) {
    const run = await tally.start(conversation.id, { text })
    const events = await tally.over(run)
    told.push(...eventsOf(events, 'budget').map(({ percent, scope }) => [scope, percent]))
  }
  expect(told).toEqual([
    ['day', 50],
    ['day', 80],
    ['day', 100],
  ])
})

test('a conversation has its own limit in its settings', async () => {
  const { tally } = await heldTally(reports(1, 1), { day: inDollars(1) })
  const { id } = await tally.create({ settings: { budgetNanoUsd: 1 } })
  expect(await tally.waits(await tally.start(id))).toMatchObject({
    scope: 'conversation',
    limitNanoUsd: 1,
  })
})

test('limits are set over HTTP, but not those of the environment', async () => {
  const { tally } = await heldTally(reports(1, 1), { day: inDollars(1) } satisfies GivenLimits)
  const limit = inDollars(0.5)
  const set = await tally.send('PUT', '/api/budgets', { run: limit })
  expect(set.status).toBe(200)
  const { items } = BudgetList.parse(await (await tally.request('/api/budgets')).json())
  expect(items).toMatchObject([
    { scope: 'run', ...limit, source: 'settings', resetsAt: null },
    { scope: 'conversation', limitNanoUsd: null, limitTokens: null },
    { scope: 'day', ...inDollars(1), source: 'environment', spentNanoUsd: 0 },
    { scope: 'month', source: 'settings', resetsAt: expect.stringMatching(/-01T00:00:00/) },
  ])
  const refused = await tally.send('PUT', '/api/budgets', { day: limit })
  expect(refused.status).toBe(400)
  expect(await refused.text()).toContain('TALLY_BUDGET_DAY')
})

test('a title that does not fit is not made', async () => {
  const script: Script = reports(3000, 100)
  const { tally, upstream } = await heldTally(script, { day: inTokens(3500) }, { titles: true })
  const run: Run = await tally.say('Name me')
  await tally.over(run)
  await tally.parts.end()
  expect(upstream.calls).toHaveLength(1)
  expect(tally.parts.errors).toEqual([])
})
