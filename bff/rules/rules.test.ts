// Rules over real HTTP and SQLite, with the real agent in front of a fake upstream.
import { expect, test } from 'vitest'
import type { Run } from '#shared/api.ts'
import { type CreateRule, Rule, RuleList, RuleOffer, RulePreview } from '#shared/rules.ts'
import type { Answer } from '../../e2e/fake-answer.ts'
import {
  approvals,
  call,
  END,
  only,
  payingAgent,
  refunds,
  results,
  startAsking,
} from '../testing/asking-agent.ts'
import type { HeldTally } from '../testing/budgets.ts'
import { importAll } from '../testing/imports.ts'

type Decision = 'approve' | 'deny' | 'edit'

const UP_TO_60 = {
  agent: 'assistant',
  tool: 'refund',
  conditions: [{ field: 'amount', atMost: 60 }],
}

async function json<T>(response: Response | Promise<Response>): Promise<T> {
  return (await (await response).json()) as T
}
const rulesOf = async (tally: HeldTally) =>
  RuleList.parse(await json(tally.request('/api/rules'))).items
const create = (tally: HeldTally, rule: CreateRule) => tally.send('POST', '/api/rules', rule)
const made = async (tally: HeldTally, rule: CreateRule) =>
  Rule.parse(await json(create(tally, rule)))
const preview = async (tally: HeldTally, rule: CreateRule) =>
  RulePreview.parse(await json(tally.send('POST', '/api/rules/preview', rule)))
const offerFor = async (tally: HeldTally, waitId: string) =>
  RuleOffer.parse(await json(tally.request(`/api/rules/offer?waitId=${waitId}`))).offer

async function decide(tally: HeldTally, run: Run, decision: Decision): Promise<void> {
  const { waitId, argumentsHash } = only(await approvals(tally, run))
  const response = await tally.decide(run, {
    waitId,
    ...(decision === 'deny' && { decision }),
    ...(decision === 'approve' && { decision, argumentsHash, scope: 'once' }),
    ...(decision === 'edit' && { decision, argumentsHash, arguments: '{"amount":1}' }),
  } as never)
  expect(response.status).toBe(200)
  await tally.over(run)
}

/** Each amount is asked about in a run of its own, and decided. */
async function startDecided(past: [amount: number, Decision][], ...more: Answer[]) {
  const script = [...past.flatMap(([amount]) => [refunds(amount), END]), ...more]
  const { tally, ...rest } = await startAsking(script)
  const { id } = await tally.create()
  for (const [, decision] of past) {
    await decide(tally, await tally.start(id, { text: 'Refund' }), decision)
  }
  return { tally, conversationId: id, ...rest }
}

test('after three approvals a rule is offered, tested on the past, used, changed and revoked', async () => {
  const { tally, conversationId, paid } = await startDecided(
    [
      [30, 'approve'],
      [45, 'deny'],
      [50, 'approve'],
      [70, 'edit'],
      [40, 'approve'],
    ],
    refunds(35),
    refunds(45),
    END,
    refunds(50),
    END,
    refunds(51),
    END,
  )
  const asks = await tally.start(conversationId, { text: 'Refund' })
  const { waitId, argumentsHash } = only(await approvals(tally, asks))
  const offer = await offerFor(tally, waitId)
  expect(offer).toEqual({
    approvals: 3,
    mayHoldEverywhere: true,
    rule: {
      agent: 'assistant',
      tool: 'refund',
      conversationId,
      conditions: [{ field: 'amount', atMost: 50 }],
    },
  })
  const rule = offer?.rule ?? UP_TO_60
  const tested = await preview(tally, rule)
  expect(tested).toMatchObject({ allowedCount: 4, notAllowedCount: 1, deniedCount: 1 })
  expect(tested.allowed.map(({ arguments: args, decision }) => [args, decision])).toEqual([
    ['{"amount":40}', 'approve'],
    ['{"amount":50}', 'approve'],
    ['{"amount":45}', 'deny'],
    ['{"amount":30}', 'approve'],
  ])
  expect(tested.notAllowed).toMatchObject([
    { decision: 'edit', reason: 'amount is more than 50.', conversationId, tool: 'refund' },
  ])

  const created = await create(tally, rule)
  expect(created.status).toBe(201)
  const { id, expiresAt, createdAt } = Rule.parse(await created.json())
  expect(Date.parse(expiresAt ?? '') - Date.parse(createdAt)).toBe(7 * 24 * 3_600_000)

  await tally.decide(asks, { waitId, decision: 'approve', argumentsHash, scope: 'once' })
  const events = await tally.over(asks)
  expect(events).toContainEqual(
    expect.objectContaining({ type: 'decision', decision: 'approve', by: 'rule', ruleId: id }),
  )
  expect(paid).toEqual([30, 50, 1, 40, 35, 45])
  expect(await rulesOf(tally)).toMatchObject([{ id, uses: 1, conversationTitle: 'Refund' }])

  const changed = { conditions: [{ field: 'amount', atMost: 49 }] }
  const patched = Rule.parse(await json(tally.send('PATCH', `/api/rules/${id}`, changed)))
  expect(patched).toMatchObject({ ...changed, expiresAt, uses: 1 })
  await decide(tally, await tally.start(conversationId, { text: 'Again' }), 'deny')

  expect((await tally.send('DELETE', `/api/rules/${id}`, {})).status).toBe(204)
  expect(await rulesOf(tally)).toEqual([])
  await decide(tally, await tally.start(conversationId, { text: 'Again' }), 'deny')
  expect((await tally.send('POST', `/api/rules/${id}/restore`, {})).status).toBe(200)
  expect(await rulesOf(tally)).toMatchObject([{ id }])
})

test('a rule allows only its conversation, only up to its bound, and only until it expires', async () => {
  const script = [20.5, 61, 60, 60, 60].flatMap((amount) => [refunds(amount), END])
  const { tally, paid } = await startAsking(script)
  const { id: conversationId } = await tally.create()
  const rule = await made(tally, { ...UP_TO_60, conversationId })
  const say = async (id: string) => decide(tally, await tally.start(id, { text: 'Go' }), 'deny')

  await tally.over(await tally.start(conversationId, { text: 'Go' }))
  expect(paid).toEqual([20.5])
  await say(conversationId)
  await say((await tally.create()).id)
  await tally.over(await tally.start(conversationId, { text: 'Go' }))
  expect(paid).toEqual([20.5, 60])
  const soon = new Date(Date.now() + 1_500).toISOString()
  await tally.send('PATCH', `/api/rules/${rule.id}`, { expiresAt: soon })
  await new Promise((resolve) => setTimeout(resolve, 1_600))
  await say(conversationId)
  expect(paid).toEqual([20.5, 60])
  expect(await rulesOf(tally)).toMatchObject([{ expiresAt: soon, uses: 2 }])
})

test('a rule that would allow too much, or fits nothing, is refused', async () => {
  const { tally } = await startAsking([END])
  const { id: conversationId } = await tally.create()
  const refused = async (rule: object) => {
    const response = await tally.send('POST', '/api/rules', { ...UP_TO_60, ...rule })
    return [response.status, (await json<{ detail?: string }>(response)).detail]
  }
  expect(await refused({ conditions: [] })).toEqual([
    400,
    '"refund" changes things. Add a condition.',
  ])
  expect(await refused({ conditions: [{ field: 'price', atMost: 1 }] })).toEqual([
    400,
    '"refund" has no argument "price".',
  ])
  expect(await refused({ tool: 'other' })).toMatchObject([400, expect.stringContaining('no tool')])
  expect(await refused({ conversationId: 'nowhere' })).toEqual([404, undefined])
  expect(await refused({ expiresAt: '2020-01-01T00:00:00Z' })).toMatchObject([
    400,
    expect.stringContaining('next year'),
  ])
  const loose = { conditions: [{ field: 'amount', atMost: 1, equals: 2 }] }
  expect((await refused(loose))[0]).toBe(400)
  expect((await refused({ conditions: [{ field: 'amount', atMost: -1 }] }))[0]).toBe(400)
  expect(await rulesOf(tally)).toEqual([])

  expect((await create(tally, { ...UP_TO_60, conditions: [], conversationId })).status).toBe(400)
  const view = { agent: 'assistant', tool: 'view' }
  expect((await create(tally, view)).status).toBe(201)
  const [rule] = await rulesOf(tally)
  const wide = await tally.send('PATCH', `/api/rules/${rule?.id}`, {
    conditions: [{ field: 'nothing', atMost: 1 }],
  })
  expect(wide.status).toBe(400)
  expect((await tally.send('DELETE', '/api/rules/none', {})).status).toBe(404)
})

test('"Always allow here" is a rule that settings show and revoke', async () => {
  const views = ['a', 'b', 'c'].map((at) => call('view', { at }))
  const { tally } = await startAsking([...views, END])
  const run = await tally.say('Look')
  const { waitId, argumentsHash } = only(await approvals(tally, run))
  await tally.decide(run, { waitId, decision: 'approve', argumentsHash, scope: 'conversation' })
  await tally.over(run)
  const { conversationId } = run
  expect(await rulesOf(tally)).toMatchObject([
    { id: waitId, tool: 'view', conversationId, conditions: [], expiresAt: null, uses: 2 },
  ])
})

test('a rule never allows what a guardrail refuses', async () => {
  const paid: number[] = []
  const agent = payingAgent(paid)
  const never = {
    name: 'no_refunds',
    check: () => 'Refunds are closed today.',
  }
  const guarded = { ...agent, toolGuardrails: { inputGuardrails: [never] } }
  const findAgent = (name: string) => (name === 'assistant' ? guarded : undefined)
  const { tally } = await startAsking([refunds(50), END], { findAgent })
  await made(tally, UP_TO_60)
  const run = await tally.say('Refund')
  expect(results(await tally.over(run))).toMatchObject([
    ['failed', expect.stringContaining('no_refunds')],
  ])
  expect(paid).toEqual([])
  expect(await rulesOf(tally)).toMatchObject([{ uses: 0 }])
})

test('a preview shows control characters, and reads arguments with the schema of the tool', async () => {
  const { tally } = await startAsking([call('view', { at: 'a\u202Eb' }), END])
  await decide(tally, await tally.say('Look'), 'deny')
  const about = { agent: 'assistant', tool: 'view' }
  const equal = { ...about, conditions: [{ field: 'at', equals: 'a\u202Eb' }] }
  expect(await preview(tally, equal)).toMatchObject({
    allowed: [{ arguments: '{"at":"a⟨U+202E⟩b"}', decision: 'deny', conversationTitle: 'Look' }],
    deniedCount: 1,
  })
  const other = { ...about, conditions: [{ field: 'at', equals: 'x' }] }
  expect(await preview(tally, other)).toMatchObject({ allowed: [], notAllowedCount: 1 })
})

test('nothing is offered before three approvals, or for what a rule allows already', async () => {
  const { tally, conversationId } = await startDecided(
    [
      [30, 'approve'],
      [30, 'approve'],
    ],
    refunds(30),
    END,
    refunds(90),
    END,
  )
  const third = await tally.start(conversationId, { text: 'Go' })
  const { waitId } = only(await approvals(tally, third))
  expect(await offerFor(tally, waitId)).toBeNull()
  await decide(tally, third, 'approve')
  expect((await tally.request(`/api/rules/offer?waitId=${waitId}`)).status).toBe(409)

  const fourth = await tally.start(conversationId, { text: 'Go' })
  const asked = only(await approvals(tally, fourth))
  expect(await offerFor(tally, asked.waitId)).toMatchObject({ approvals: 3 })
  await made(tally, { ...UP_TO_60, conversationId })
  expect(await offerFor(tally, asked.waitId)).toBeNull()
})

test('decisions of an import are not what this person has decided', async () => {
  const { tally, conversationId } = await startDecided([[30, 'approve']])
  expect(await preview(tally, UP_TO_60)).toMatchObject({ allowedCount: 1 })
  const exported = await tally.request(`/api/conversations/${conversationId}/export?format=jsonl`)
  const { tally: other } = await startAsking([])
  const { report } = await importAll(other, await exported.text(), 'kept.jsonl')
  expect(report).toMatchObject({ conversations: 1, leftOut: [] })
  expect(await preview(other, UP_TO_60)).toMatchObject({ allowedCount: 0, notAllowedCount: 0 })
})
