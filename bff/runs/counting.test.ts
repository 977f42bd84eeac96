// A run that is stopped and counted to its end, over real HTTP: the estimate first, then the row, the
// sums and the budgets as the provider reports them.
import { expect, test, vi } from 'vitest'
import { type Conversation, Problem, Receipt, type Run } from '#shared/api.ts'
import type { GivenLimits } from '#shared/budgets.ts'
import type { Answer } from '../../e2e/fake-answer.ts'
import type { Script } from '../../e2e/fake-upstream.ts'
import { barrier } from '../../e2e/scripts.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import { usageTotals } from '../ledger/sums/usage-store.ts'
import { ActiveRuns } from './active-runs.ts'
import { type HeldTally, heldTally, inTokens } from '../testing/budgets.ts'

/**
 * What the fake upstream reports, at the prices of gpt-4.1-mini: 60 fresh × 400, 40 cached × 100 and
 * 20 output tokens × 1,600 nano-dollars.
 */
const REPORTED = { costNanoUsd: 24_000 + 4_000 + 32_000, certainty: 'computed' }

/** A busy machine takes its time. */
const PATIENT = { timeout: 20_000 }

function halved() {
  const gate = barrier()
  const script: Answer = { parts: [{ text: 'Half of it' }, gate.part, { text: ' and the rest' }] }
  return { script, gate }
}

/** The first estimate of a process takes longer than its providers may be silent otherwise. */
function countedTally(script: Script, budgets: GivenLimits = {}, folder = temporaryFolder()) {
  return heldTally(script, budgets, { folder, idleTimeoutMs: 60_000 })
}

async function untilText(tally: HeldTally, run: Run): Promise<void> {
  for await (const { event } of tally.follow(run.id)) if (event.type === 'token') return
}

async function stopped(tally: HeldTally, body?: object): Promise<Run> {
  const run = await tally.say('Hello')
  await untilText(tally, run)
  await tally.send('POST', `/api/runs/${run.id}/stop`, body)
  expect(await tally.over(run)).toContainEqual(
    expect.objectContaining({ type: 'done', status: 'stopped' }),
  )
  return run
}

async function receiptOf(tally: HeldTally, { id }: Run): Promise<Receipt> {
  return Receipt.parse(await (await tally.request(`/api/runs/${id}/calls`)).json())
}

async function counted(tally: HeldTally, run: Run): Promise<Receipt> {
  return vi.waitFor(async () => {
    const receipt = await receiptOf(tally, run)
    expect(receipt.counting).toBe(false)
    return receipt
  }, PATIENT)
}

const answerIn = ({ messages }: Conversation) => messages.at(-1)

test('the row, its receipt and every sum become exact', async () => {
  const { script, gate } = halved()
  const { tally } = await countedTally(script)
  const run = await stopped(tally, { mode: 'finish_counting' })

  const before = await receiptOf(tally, run)
  expect(before).toMatchObject({ counting: true, totals: { certainty: 'estimated' } })
  const estimate = await tally.conversation(run.conversationId)
  expect(estimate.activeRunId).toBeNull()
  expect(answerIn(estimate)).toMatchObject({ counting: true, status: 'stopped' })
  gate.open()

  const { items, totals } = await counted(tally, run)
  expect(items).toMatchObject([
    {
      ...REPORTED,
      status: 'stopped',
      finishReason: 'stop',
      inputTokens: 100,
      cachedInputTokens: 40,
      outputTokens: 20,
      corrections: [
        {
          reason: 'finished_counting',
          costBefore: before.totals.costNanoUsd,
          costAfter: REPORTED.costNanoUsd,
        },
      ],
    },
  ])
  expect(totals).toMatchObject(REPORTED)
  const exact = await tally.conversation(run.conversationId)
  expect(exact.totals).toMatchObject(REPORTED)
  expect(answerIn(exact)?.totals).toMatchObject(REPORTED)
  expect(answerIn(exact)).not.toHaveProperty('counting')
  expect(JSON.stringify(exact)).not.toContain('the rest')
  expect(await usageTotals(tally.parts.db, { from: null, to: null })).toMatchObject(REPORTED)
})

test('a cut ends the counting, and the estimate stays', async () => {
  const { script } = halved()
  const { tally, upstream } = await countedTally(script)
  const run = await stopped(tally, { mode: 'finish_counting' })
  await tally.send('POST', `/api/runs/${run.id}/stop`)

  const { items } = await counted(tally, run)
  expect(items).toMatchObject([{ certainty: 'estimated', finishReason: null }])
  await upstream.calls[0]?.over
  expect(upstream.calls[0]?.closedEarly).toBe(true)
})

test.for([undefined, {}, { mode: 'cut' }])('%j cuts at once', async (body) => {
  const { script } = halved()
  const { tally, upstream } = await countedTally(script)
  const run = await stopped(tally, body)
  await upstream.calls[0]?.over
  expect(upstream.calls[0]?.closedEarly).toBe(true)
  expect(await receiptOf(tally, run)).toMatchObject({ counting: false })
})

test('a mode that there is not is refused, and the run goes on', async () => {
  const { script, gate } = halved()
  const { tally } = await countedTally(script)
  const run = await tally.say('Hello')
  await untilText(tally, run)
  const refused = await tally.send('POST', `/api/runs/${run.id}/stop`, { mode: 'later' })
  expect(refused.status).toBe(400)
  expect(Problem.parse(await refused.json()).detail).toContain('mode')
  gate.open()
  expect((await tally.over(run)).at(-1)).toMatchObject({ status: 'completed' })
})

test('what it may still cost is held back until it is counted, and then what it cost counts', async () => {
  const { script, gate } = halved()
  const { tally } = await countedTally([script, {}], { day: inTokens(18_000) })
  const run = await stopped(tally, { mode: 'finish_counting' })
  const second = await tally.say('And?')
  const ends = tally.endsOrWaits(second)
  expect(await tally.held(second)).toMatchObject({ scope: 'day', heldFor: [run.id] })
  gate.open()

  expect(await ends).toBe('done')
  await counted(tally, run)
  expect((await tally.day()).spentTokens).toBe(240)
})

test('an answer that waits for another one says so, and says it anew when that is only counted', async () => {
  const { script } = halved()
  const { tally } = await countedTally([script, {}], { day: inTokens(18_000) })
  const run = await tally.say('Hello')
  await untilText(tally, run)
  const second = await tally.say('And?')
  expect(await tally.held(second)).toMatchObject({ scope: 'day', heldFor: [] })

  await tally.send('POST', `/api/runs/${run.id}/stop`, { mode: 'finish_counting' })
  await vi.waitFor(async () => {
    const { messages } = await tally.conversation(second.conversationId)
    expect(messages.at(-1)?.parts).toMatchObject([{ kind: 'budget', heldFor: [run.id] }])
  }, PATIENT)
  await tally.send('POST', `/api/runs/${run.id}/stop`)
  expect((await tally.over(second)).at(-1)).toMatchObject({ type: 'done', status: 'completed' })
})

test('the end of the process ends the counting, and the row says how far it came', async () => {
  const folder = temporaryFolder()
  const { script } = halved()
  const { tally, upstream } = await countedTally(script, {}, folder)
  const run = await stopped(tally, { mode: 'finish_counting' })
  await tally.parts.end()
  expect(upstream.calls[0]?.closedEarly).toBe(true)

  const next = await countedTally({}, {}, folder)
  expect(await receiptOf(next.tally, run)).toMatchObject({
    counting: false,
    items: [{ certainty: 'estimated', corrections: [{ reason: 'finished_counting' }] }],
  })
})

test('nothing is counted for longer than its limit', async () => {
  const active = new ActiveRuns(() => {}, 20)
  const cut = Promise.withResolvers<void>()
  active.start('run', async () => {
    const counting = active.countingOf('run')
    counting?.cut.addEventListener('abort', () => cut.resolve())
    counting?.readOn(cut.promise)
  })
  await active.ended('run')
  expect(active.isCounting('run')).toBe(true)
  await cut.promise
  await vi.waitUntil(() => !active.isCounting('run'), PATIENT)
})

test('what cannot be amended is a fault in the log and holds up nobody', async () => {
  const errors: unknown[] = []
  const active = new ActiveRuns((error) => errors.push(error))
  active.start('run', async () => {
    active.countingOf('run')?.readOn(Promise.reject(new Error('the disk is full')))
  })
  await active.endAll()
  expect(errors).toHaveLength(1)
})
