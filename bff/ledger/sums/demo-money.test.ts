// The demo costs nothing: tested through the whole of Tally with HTTP and SQLite, demo calls are part
// of no sum and are reported separately on request.
import { expect, test } from 'vitest'
import { Conversation, ConversationPage, Receipt, UsageSummary } from '#shared/api.ts'
import { ConversationBilled } from '#shared/billed.ts'
import { BudgetList } from '#shared/budgets.ts'
import { ModelCall } from '#shared/ledger.ts'
import { formatAmount } from '#shared/money.ts'
import { UsageCalls, UsageToolUses } from '#shared/usage.ts'
import { WhatIf } from '#shared/what-if.ts'
import * as z from 'zod/mini'
import { add, upstream } from '../../testing/added-providers.ts'
import { type Started, startForTest } from '../../testing/start-tally.ts'

const QUESTION = 'What is 17 * 23?'
const MODEL = 'gpt-4.1-mini'
const usage = { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 }

async function read<T>(tally: Started, schema: z.ZodMiniType<T>, path: string): Promise<T> {
  const { status, json } = await tally.send('GET', path)
  expect(status, path).toBe(200)
  return schema.parse(json)
}

/** Resolves when the answer and the title are in the ledger. */
async function say(tally: Started, id: string | null, text = QUESTION): Promise<Conversation> {
  const made =
    id ?? Conversation.parse((await tally.send('POST', '/api/conversations', {})).json).id
  await tally.send('POST', `/api/conversations/${made}/runs`, { text })
  const talk = () => read(tally, Conversation, `/api/conversations/${made}`)
  await expect.poll(async () => (await talk()).activeRunId, { timeout: 30_000 }).toBeNull()
  await expect
    .poll(async () => (await all(tally, '')).some(({ purpose }) => purpose === 'title'), {
      timeout: 30_000,
    })
    .toBe(true)
  return talk()
}

/** Returns the calls that match, billed and demo. */
async function all(tally: Started, query: string): Promise<ModelCall[]> {
  const kinds = ['', 'demo=true'].map(async (demo) =>
    read(tally, z.array(ModelCall), `/api/usage/export.json?${demo}&${query}`),
  )
  return (await Promise.all(kinds)).flat()
}

const summary = (tally: Started, query: string) =>
  read(tally, UsageSummary, `/api/usage/summary?${query}`)

const BYS = ['conversation', 'model', 'provider', 'agent', 'purpose', 'day', 'tool']

test('the demo is part of no sum, and is reported separately on request', async () => {
  const tally = await startForTest()
  const { id, totals, messages } = await say(tally, null)

  expect(formatAmount(totals)).toBe('demo')
  expect(totals).toMatchObject({ demo: true, costNanoUsd: null, unpricedCalls: 0 })
  expect(totals.inputTokens).toBeGreaterThan(0)
  const answer = messages.at(-1)
  expect(answer?.totals && formatAmount(answer.totals)).toBe('demo')
  const list = await read(tally, ConversationPage, '/api/conversations')
  expect(list.items[0]?.totals).toEqual(totals)
  const billed = await read(tally, ConversationBilled, `/api/conversations/${id}/billed`)
  expect([billed.branch, billed.all].map(formatAmount)).toEqual(['demo', 'demo'])

  // The receipt shows its figures.
  const receipt = await read(tally, Receipt, `/api/runs/${answer?.runId ?? ''}/calls`)
  expect(receipt.totals).toEqual(answer?.totals)
  expect(receipt.totals.costNanoUsd).toBeGreaterThan(0)
  expect(receipt.items.every(({ demo }) => demo)).toBe(true)

  for (const by of BYS) {
    const real = await summary(tally, `by=${by}`)
    expect(real.totals, by).toMatchObject({ calls: 0, inputTokens: 0, costNanoUsd: 0 })
    expect(real.groups, by).toEqual([])
    const demo = await summary(tally, `by=${by}&demo=true`)
    expect(demo.totals.demo, by).toBe(true)
    expect(demo.totals.costNanoUsd, by).toBeGreaterThan(0)
    expect(
      demo.groups.every((group) => group.totals.demo),
      by,
    ).toBe(true)
    expect(demo.groups.length, by).toBeGreaterThan(0)
  }
  expect((await summary(tally, 'by=model&series=day')).series).toEqual([])
  expect((await summary(tally, 'by=model&series=day&demo=true')).series).toHaveLength(1)

  expect((await read(tally, UsageCalls, '/api/usage/calls')).items).toEqual([])
  const demoCalls = await read(tally, UsageCalls, `/api/usage/calls?demo=true`)
  expect(demoCalls.items.map(({ demo }) => demo)).toEqual(demoCalls.items.map(() => true))
  expect(demoCalls.items).toHaveLength(totals.calls)
  const uses = `/api/usage/tool-uses?tool=calculate`
  expect(await read(tally, UsageToolUses, uses)).toMatchObject({ items: [], goneUses: 0 })
  const demoUses = await read(tally, UsageToolUses, `${uses}&demo=true`)
  expect(demoUses).toMatchObject({ items: [{ demo: true, reads: 1 }], goneUses: 0 })

  expect(await read(tally, z.array(ModelCall), '/api/usage/export.json')).toEqual([])
  const whatIf = await read(tally, WhatIf, `/api/conversations/${id}/what-if`)
  expect(whatIf).toMatchObject({ items: [], leftOut: { uncounted: 0, older: 0 } })
  const day = new Date().toISOString().slice(0, 10)
  const bill = { from: day, to: day, provider: null, rows: [] }
  const { json } = await tally.send('POST', '/api/reconcile', bill)
  expect(json).toMatchObject({ rows: [] })
  const priced = { from: null, to: null, provider: null, model: null }
  const preview = await tally.send('POST', '/api/prices/reprice', { ...priced, preview: true })
  expect(preview.json).toMatchObject({ rows: 0 })
}, 60_000)

test('budgets neither block nor count demo calls', async () => {
  const tally = await startForTest({ TALLY_BUDGET_DAY: '$0.0000001', TALLY_BUDGET_RUN: '1 tokens' })
  const { messages } = await say(tally, null)
  expect(messages.at(-1)).toMatchObject({ status: 'completed' })
  const { items } = await read(tally, BudgetList, '/api/budgets')
  const day = items.find(({ scope }) => scope === 'day')
  expect(day).toMatchObject({ spentNanoUsd: 0, spentTokens: 0 })
}, 60_000)

test('a demo conversation continued with a paid model shows the paid cost', async () => {
  const tally = await startForTest()
  const { id } = await say(tally, null)
  const fake = await upstream([MODEL], () => ({ parts: [{ text: 'Paid.' }], usage, model: MODEL }))
  await add(tally, { name: 'mine', baseUrl: fake.baseUrl, defaultModel: MODEL })
  const { messages, totals } = await say(tally, id, 'And now?')

  const answer = messages.at(-1)
  expect(answer).toMatchObject({ provider: 'mine', model: MODEL })
  expect(totals).toEqual(answer?.totals)
  // 1,000 at $0.40 and 100 at $1.60 per million.
  expect(totals).toMatchObject({ calls: 1, inputTokens: 1000, costNanoUsd: 560_000 })
  expect(totals.demo).toBeUndefined()
  const billed = await read(tally, ConversationBilled, `/api/conversations/${id}/billed`)
  expect(billed).toMatchObject({ branch: totals, all: totals })
  expect((await summary(tally, 'by=conversation')).totals).toEqual(totals)
  const [group] = (await summary(tally, 'by=conversation')).groups
  expect(group).toMatchObject({ key: id, totals })
  const { billed: compared } = await read(tally, WhatIf, `/api/conversations/${id}/what-if`)
  expect(compared).toEqual(totals)

  // A paid request carried the result of the demo's tool call.
  const uses = `/api/usage/tool-uses?tool=calculate`
  const paid = await read(tally, UsageToolUses, uses)
  expect(paid).toMatchObject({ items: [{ reads: 1, unpricedReads: 0 }], goneUses: 0 })
  expect(paid.items[0]?.demo).toBeUndefined()
  expect(await read(tally, UsageToolUses, `${uses}&demo=true`)).toMatchObject({
    items: [],
    goneUses: 0,
  })
}, 60_000)
