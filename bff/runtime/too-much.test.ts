// A provider that sends more than an answer can hold, by a fault or on purpose: the run ends, and
// what is kept of it stays small.
import { describe, expect, test } from 'vitest'
import { fakeTarget } from '../testing/recorded-run.ts'
import { agentWith, begin, upstreamFor } from '../testing/begin-run.ts'

describe.for(['responses', 'chat_completions'] as const)('on %s', (api) => {
  test('an answer that does not end is broken off, and the connection closed', async () => {
    const upstream = await upstreamFor({ parts: [{ text: 'w'.repeat(3e6) }], chars: 50_000 })
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, api))
    expect(await outcome).toMatchObject({ status: 'failed', code: 'too_much' })
    expect(recorded.text.length).toBeLessThan(2.1e6)
    expect(recorded.ledger.rows).toMatchObject([{ status: 'failed' }])
  })

  test('an answer that only ever sends empty pieces is given up', async () => {
    const parts = Array.from({ length: 20_000 }, () => ({ text: '' }))
    const upstream = await upstreamFor({ parts, everyMs: 5 })
    const limits = { idleTimeoutMs: 500, answerTimeoutMs: 1500 }
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, api), agentWith([]), limits)
    expect(await outcome).toMatchObject({ status: 'failed', code: 'stalled' })
    expect(recorded.ledger.rows).toMatchObject([{ status: 'failed' }])
  })

  test('an answer that comes for hours is broken off', async () => {
    const upstream = await upstreamFor({ parts: [{ text: 'w'.repeat(4000) }], everyMs: 10 })
    const { recorded, outcome } = begin(
      fakeTarget(upstream.baseUrl, api),
      agentWith([]),
      {},
      { maxCallMs: 500 },
    )
    expect(await outcome).toMatchObject({
      status: 'failed',
      code: 'endless_answer',
      message: expect.stringContaining('was still answering after'),
    })
    expect(recorded.text).toMatch(/^w+$/)
    expect(recorded.ledger.rows).toMatchObject([{ status: 'failed' }])
  })

  test('hundreds of tool calls at once are not run', async () => {
    const call = { name: 'current_time', arguments: { timeZone: null } }
    const upstream = await upstreamFor({ parts: Array.from({ length: 300 }, () => ({ call })) })
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, api))
    expect(await outcome).toMatchObject({ status: 'failed', code: 'too_much' })
    const calls = new Set(recorded.eventsOf('tool_call').map(({ callId }) => callId))
    expect(calls.size).toBeLessThan(70)
    expect(recorded.eventsOf('tool_result')).toEqual([])
    expect(upstream.calls).toHaveLength(1)
  })

  test('of a usage report without measure the amounts are kept', async () => {
    const counts =
      api === 'responses'
        ? { input_tokens: 7, output_tokens: 3, total_tokens: 10 }
        : { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 }
    let deep: unknown = 1
    for (let level = 0; level < 2000; level += 1) deep = [deep]
    const upstream = await upstreamFor({ usage: { ...counts, long: 'y'.repeat(50_000), deep } })
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, api))
    expect(await outcome).toEqual({ status: 'completed' })
    expect(recorded.ledger.rows).toMatchObject([{ rawUsage: counts }])
    expect(recorded.ledger.rows[0]?.rawUsage).not.toHaveProperty('long')
    expect(recorded.ledger.rows[0]?.rawUsage).not.toHaveProperty('deep')
  })

  test('names that an answer gives itself are cut', async () => {
    const upstream = await upstreamFor({ model: 'm'.repeat(5000), id: 'i'.repeat(5000) })
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, api))
    await outcome
    const [row] = recorded.ledger.rows
    expect([row?.modelReturned?.length, row?.responseId?.length]).toEqual([200, 200])
  })
})
