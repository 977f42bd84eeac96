// What was under way when the process died. The death is a copy of the data in the middle of a request.
import { cpSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type ConversationSettings, Receipt, type Run } from '#shared/api.ts'
import type { Script } from '../../e2e/fake-upstream.ts'
import { assistant } from '../agents/assistant/agent.ts'
import { realParts } from '../testing/agent-parts.ts'
import { agentTexts, NO_TEXTS } from '../runtime/agent-texts.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import { estimateTokens } from '../ledger/calls/estimate.ts'
import { type HeldTally, heldTally, MODEL } from '../testing/budgets.ts'
import { estimateLost, type LostParts } from './estimate-lost.ts'

const NEVER = new AbortController().signal

async function died(
  script: Script,
  seen: (tally: HeldTally, run: Run) => Promise<void>,
  settings: ConversationSettings = {},
) {
  const before = await heldTally(script, {}, { idleTimeoutMs: 60_000 })
  const { id } = await before.tally.create({ settings })
  const run = await before.tally.start(id, { text: 'Tell me about the weather in Oslo' })
  await seen(before.tally, run)
  const folder = temporaryFolder()
  for (const file of ['tally.db', 'tally.db-wal']) {
    cpSync(`${before.tally.parts.folder}/${file}`, `${folder}/${file}`)
  }
  const { tally } = await heldTally({}, {}, { folder })
  const agent = realParts.findAgent('assistant')
  const parts: LostParts = {
    db: tally.parts.db,
    textsOf: (_, given) => (agent ? agentTexts(agent, realParts.findAgent, given) : NO_TEXTS),
    targetOf: () => ({ kind: 'configured', baseUrl: before.upstream.baseUrl }),
    overrides: () => [],
    now: () => new Date(),
  }
  return { before: before.tally, tally, run, parts }
}

async function untilText(tally: HeldTally, run: Run, text: string): Promise<void> {
  let said = ''
  for await (const { event } of tally.follow(run.id)) {
    if (event.type === 'token') said += event.delta
    if (said === text) return
  }
}

async function receiptOf(tally: HeldTally, { id }: Run): Promise<Receipt> {
  return Receipt.parse(await (await tally.request(`/api/runs/${id}/calls`)).json())
}

const HALF = 'It is sunny in Oslo'
const HALVED: Script = { parts: [{ text: HALF }, { fault: 'stall' }] }

test('it is estimated like an answer that was stopped at that moment', async () => {
  const { before, tally, run, parts } = await died(HALVED, (tally, run) =>
    untilText(tally, run, HALF),
  )
  expect(await receiptOf(tally, run)).toMatchObject({
    items: [{ status: 'failed', finishReason: 'interrupted', certainty: 'unknown' }],
  })
  await estimateLost(parts, NEVER)
  const { items, totals } = await receiptOf(tally, run)
  expect(items).toMatchObject([
    {
      status: 'failed',
      certainty: 'estimated',
      modelRequested: MODEL,
      outputTokens: await estimateTokens(HALF),
      corrections: [{ reason: 'recovered', costBefore: null, costAfter: totals.costNanoUsd }],
    },
  ])

  await before.send('POST', `/api/runs/${run.id}/stop`)
  await before.over(run)
  const [stopped] = (await receiptOf(before, run)).items
  const likely = stopped?.inputTokens ?? 0
  expect(items[0]?.inputTokens).toBeGreaterThan(likely * 0.8)
  expect(items[0]?.inputTokens).toBeLessThan(likely * 1.2)

  const conversation = await tally.conversation(run.conversationId)
  expect(conversation.totals).toEqual(totals)
  expect(conversation.messages.at(-1)?.totals).toEqual(totals)
})

test('a tool that the conversation has switched off is not estimated', async () => {
  const seen = (tally: HeldTally, run: Run) => untilText(tally, run, HALF)
  const disabledTools = ['search_documentation']
  const [whole, less] = await Promise.all(
    [{}, { disabledTools }].map(async (settings) => {
      const { tally, run, parts } = await died(HALVED, seen, settings)
      await estimateLost(parts, NEVER)
      return (await receiptOf(tally, run)).items[0]?.inputTokens ?? 0
    }),
  )
  const tool = agentTexts(assistant, realParts.findAgent).tools.find(
    ({ name }) => name === disabledTools[0],
  )
  const ofTool = await estimateTokens(tool?.text ?? '')
  expect(ofTool).toBeGreaterThan(50)
  expect((whole ?? 0) - (less ?? 0)).toBeGreaterThan(ofTool - 5)
})

test('of an answer with tools, only the request that was under way is estimated', async () => {
  const script: Script = [
    { parts: [{ text: 'Let me see.' }, { call: { name: 'current_time', arguments: '{}' } }] },
    { parts: [{ text: HALF }, { fault: 'stall' }] },
  ]
  const { tally, run, parts } = await died(script, (tally, run) =>
    untilText(tally, run, `Let me see.${HALF}`),
  )
  await estimateLost(parts, NEVER)
  const { items } = await receiptOf(tally, run)
  expect(items).toMatchObject([
    { certainty: 'computed', inputTokens: 100 },
    { certainty: 'estimated', outputTokens: await estimateTokens(HALF) },
  ])
  expect(items[0]).not.toHaveProperty('corrections')
})

test('nothing is estimated twice, or without its conversation, or after the end', async () => {
  const seen = (tally: HeldTally, run: Run) => untilText(tally, run, HALF)
  const { tally, run, parts } = await died(HALVED, seen)
  await estimateLost(parts, AbortSignal.abort())
  expect((await receiptOf(tally, run)).totals.certainty).toBe('unknown')
  await estimateLost(parts, NEVER)
  const once = await receiptOf(tally, run)
  await estimateLost(parts, NEVER)
  expect(await receiptOf(tally, run)).toEqual(once)
  expect(once.items[0]?.corrections).toHaveLength(1)

  const gone = await died(HALVED, seen)
  await gone.tally.parts.db.transaction(async (trx) => {
    await trx.deleteFrom('conversations').execute()
  })
  await estimateLost(gone.parts, NEVER)
  expect((await receiptOf(gone.tally, gone.run)).totals.certainty).toBe('unknown')
})
