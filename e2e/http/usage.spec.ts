import { addTotals, NO_CALLS } from '#shared/ledger.ts'
import { expect, test } from '../fixtures.ts'
import { calculates } from '../scripts.ts'
import { titlesPaid } from '../titles.ts'

test.use({ provider: { upstream: 'fake', api: 'chat_completions' } })

test.beforeEach(({ fake }) => fake.setScript(calculates()))

const GROUPS = ['conversation', 'model', 'provider', 'agent', 'purpose', 'day'] as const

test('receipts, conversations and usage agree to the nano-dollar', async ({ api }) => {
  const runs = [await api.say('What is 17 * 23?'), await api.say('What is Tally?')]
  for (const run of runs) await api.ended(run)
  const again = await api.startRun(runs[0]!.conversationId, { text: 'And what time is it?' })
  await api.ended(again)
  await titlesPaid(api, 2)

  const receipts = await Promise.all([...runs, again].map((run) => api.receipt(run.id)))
  for (const receipt of receipts) {
    const sum = receipt.items.reduce((total, call) => total + (call.costNanoUsd ?? 0), 0)
    expect(receipt.items.length).toBeGreaterThan(0)
    expect(receipt.totals).toMatchObject({ calls: receipt.items.length, costNanoUsd: sum })
    expect(sum).toBeGreaterThan(0)
  }

  const all = await api.usage('conversation')
  for (const by of GROUPS) {
    const usage = await api.usage(by)
    expect(usage.totals, by).toEqual(all.totals)
    const summed = usage.groups.map((group) => group.totals).reduce(addTotals, NO_CALLS)
    expect(summed, by).toEqual(usage.totals)
  }

  const { groups } = await api.usage('purpose')
  const chat = groups.find(({ key }) => key === 'chat')?.totals
  expect(chat).toEqual(receipts.map(({ totals }) => totals).reduce(addTotals, NO_CALLS))
  for (const { key, totals } of all.groups) {
    expect((await api.conversation(key)).totals).toEqual(totals)
  }
})

test('the final totals of a run equal its receipt', async ({ api }) => {
  const run = await api.say('What is 17 * 23?')
  const events = await api.ended(run)
  const { totals } = await api.receipt(run.id)

  expect(events.at(-1)?.event).toMatchObject({ type: 'done', totals })
  const usage = events.filter(({ event }) => event.type === 'usage')
  expect(usage).toHaveLength(totals.calls)
  expect(usage.at(-1)?.event).toMatchObject({ run: totals })
})

test('deleting a conversation keeps its cost in the usage', async ({ api }) => {
  const run = await api.say('Hello')
  await api.ended(run)
  await titlesPaid(api, 1)
  const before = await api.usage('model')
  const init = { method: 'DELETE', headers: { 'content-type': 'application/json' } }
  await api.request(`/api/conversations/${run.conversationId}`, init)

  expect(await api.usage('model')).toEqual(before)
})

test('the ledger can be exported as CSV, one line per call', async ({ api }) => {
  const run = await api.say('What is 17 * 23?')
  await api.ended(run)
  const { items } = await api.receipt(run.id)
  const response = await api.request('/api/usage/export.csv')
  const [head = '', ...lines] = (await response.text()).trim().split(/\r?\n/)

  expect(response.headers.get('content-type')).toMatch(/^text\/csv/)
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename=/)
  expect(head).toMatch(/cost/i)
  for (const call of items) {
    expect(lines.filter((line) => line.includes(call.id))).toHaveLength(1)
  }
})
