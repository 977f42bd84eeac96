// Runs that ask people, over real HTTP and SQLite, with the real agent in front of a fake upstream.
import { expect, test } from 'vitest'
import { WaitList } from '#shared/decide.ts'
import {
  approvals,
  call,
  END,
  only,
  refunds,
  results,
  startAsking,
  waitings,
} from '../testing/asking-agent.ts'

test('a small amount is paid without asking, a large one waits and is paid once', async () => {
  const { tally, upstream, paid } = await startAsking([refunds(5), refunds(50), END])
  const run = await tally.say('Refund')
  const asked = only(await approvals(tally, run))
  expect(paid).toEqual([5])
  expect(asked).toMatchObject({
    name: 'refund',
    agent: 'assistant',
    arguments: '{"amount":50}',
    reason: '$50 is more than $20.',
  })
  expect(asked.mayAllowAlways).toBeUndefined()

  const { waitId, argumentsHash } = asked
  const approve = { waitId, decision: 'approve', argumentsHash, scope: 'once' } as const
  const wrong = { ...approve, argumentsHash: 'a'.repeat(64) }
  expect((await tally.decide(run, wrong)).status).toBe(409)
  expect((await tally.decide(run, { waitId, decision: 'stop' })).status).toBe(400)
  const always = { ...approve, scope: 'conversation' } as const
  expect((await tally.decide(run, always)).status).toBe(400)
  const other = await tally.say('Another')
  expect((await tally.decide(other, approve)).status).toBe(409)
  expect(paid).toEqual([5])

  const answers = await Promise.all([tally.decide(run, approve), tally.decide(run, approve)])
  expect(answers.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 409]))
  const events = await tally.over(run)
  expect(paid).toEqual([5, 50])
  expect(results(events)).toEqual([
    ['ok', 'Paid 5.'],
    ['ok', 'Paid 50.'],
  ])
  expect(events).toContainEqual(
    expect.objectContaining({ type: 'tool_result', label: 'Refunded $50' }),
  )
  expect(upstream.calls.length).toBeGreaterThanOrEqual(3)
})

test('two approvals at once: one is denied and one is edited, and the model hears of both', async () => {
  const { tally, upstream, paid } = await startAsking([refunds(30, 40), END])
  const run = await tally.say('Refund both')
  const [first, second] = await approvals(tally, run, 2)
  if (first === undefined || second === undefined) throw new Error('They do not wait.')
  const open = WaitList.parse(await (await tally.request('/api/waits')).json())
  expect(open.items.map(({ tool, kind, label }) => [tool, kind, label])).toEqual([
    ['refund', 'approval', 'Refund $30'],
    ['refund', 'approval', 'Refund $40'],
  ])

  await tally.decide(run, { waitId: first.waitId, decision: 'deny', reason: 'Too late.' })
  const { waitId, argumentsHash } = second
  const edit = { waitId, decision: 'edit', argumentsHash } as const
  const bad = await tally.decide(run, { ...edit, arguments: '{"amount":"much"}' })
  expect(bad.status).toBe(400)
  await tally.decide(run, { ...edit, arguments: '{"amount":25}' })
  const events = await tally.over(run)
  expect(paid).toEqual([25])
  expect(results(events)).toEqual([
    ['denied', 'The person denied this call. Reason: Too late.'],
    ['ok', 'The person changed the arguments to {"amount":25}.\nPaid 25.'],
  ])
  // What runs is what was changed, and says so.
  expect(events).toContainEqual(expect.objectContaining({ phase: 'running', label: 'Refund $25' }))
  expect(JSON.stringify(upstream.calls[1]?.body)).toContain('Reason: Too late.')
  expect(WaitList.parse(await (await tally.request('/api/waits')).json()).items).toEqual([])
})

test('a person can answer in the place of a tool', async () => {
  const { tally, paid } = await startAsking([refunds(50), END])
  const run = await tally.say('Refund')
  const { waitId } = only(await approvals(tally, run))
  await tally.decide(run, { waitId, decision: 'respond', output: 'Paid by hand.' })
  expect(results(await tally.over(run))).toEqual([['ok', 'Paid by hand.']])
  expect(paid).toEqual([])
})

test('a tool that only reads can be allowed for the rest of its conversation', async () => {
  const views = ['a', 'b', 'c'].map((at) => call('view', { at }))
  const { tally } = await startAsking([...views, END])
  const run = await tally.say('Look')
  const { waitId, argumentsHash, mayAllowAlways } = only(await approvals(tally, run))
  expect(mayAllowAlways).toBe(true)
  await tally.decide(run, { waitId, decision: 'approve', argumentsHash, scope: 'conversation' })
  const events = await tally.over(run)
  const decisions = events.filter((event) => event.type === 'decision')
  expect(decisions).toMatchObject([
    { by: 'person' },
    { by: 'rule', ruleId: waitId },
    { by: 'rule' },
  ])
  expect(results(events)).toHaveLength(3)
})

test('a question waits for an answer and takes only what it asked for', async () => {
  const question = { question: 'Which?', options: ['red', 'blue'], freeText: false, fields: null }
  const { tally, upstream } = await startAsking([call('ask_user', question), END])
  const run = await tally.say('Paint it')
  const asked = only(await waitings(tally, run, 1))
  expect(asked).toMatchObject({ kind: 'question', question: 'Which?', options: ['red', 'blue'] })
  const answer = { waitId: asked.waitId, decision: 'answer' } as const
  expect((await tally.decide(run, { ...answer, option: 'green' })).status).toBe(400)
  expect((await tally.decide(run, { ...answer, text: 'green' })).status).toBe(400)
  expect((await tally.decide(run, { ...answer, option: 'blue' })).status).toBe(200)
  expect(results(await tally.over(run))).toEqual([['ok', 'blue']])
  expect(JSON.stringify(upstream.calls[1]?.body)).toContain('blue')
})

test('the next message ends a wait, and nothing runs', async () => {
  const { tally, paid } = await startAsking([refunds(50), END])
  const run = await tally.say('Refund')
  const { waitId, argumentsHash } = only(await approvals(tally, run))
  const next = await tally.start(run.conversationId, { text: 'Never mind' })
  expect((await tally.over(run)).at(-1)).toMatchObject({ status: 'stopped', reason: 'moved_on' })
  expect((await tally.over(next)).at(-1)).toMatchObject({ status: 'completed' })
  const late = { waitId, decision: 'approve', argumentsHash, scope: 'once' } as const
  expect((await tally.decide(run, late)).status).toBe(409)
  expect(paid).toEqual([])
  const { messages } = await tally.conversation(run.conversationId)
  expect(messages[1]?.parts).toMatchObject([
    { type: 'tool_call', status: 'failed', output: 'Not run: nobody decided about it.' },
    { kind: 'stopped' },
  ])
})

test('a wait that nobody decides expires', async () => {
  const { tally, paid } = await startAsking([refunds(50), END], { waitMs: 300 })
  const run = await tally.say('Refund')
  const events = await tally.over(run)
  expect(events.at(-1)).toMatchObject({ status: 'stopped', reason: 'wait_expired' })
  expect(paid).toEqual([])
})

test('an approval does not hold for a later call with the same id', async () => {
  const { tally, paid } = await startAsking([refunds(50), refunds(60), END])
  const run = await tally.say('Refund')
  const { waitId, argumentsHash } = only(await approvals(tally, run))
  const approve = { waitId, decision: 'approve', argumentsHash, scope: 'once' } as const
  await tally.decide(run, approve)
  const [, second] = await approvals(tally, run, 2)
  expect(paid).toEqual([50])
  expect((await tally.decide(run, approve)).status).toBe(409)
  expect((await tally.conversation(run.conversationId)).messages[1]?.parts).toMatchObject([
    { status: 'done', output: 'Paid 50.', approval: { waitId } },
    { status: 'waiting', approval: { waitId: second?.waitId } },
  ])
  await tally.decide(run, { waitId: second?.waitId ?? '', decision: 'deny' })
  expect(results(await tally.over(run)).map(([status]) => status)).toEqual(['ok', 'denied'])
  expect(paid).toEqual([50])
})
