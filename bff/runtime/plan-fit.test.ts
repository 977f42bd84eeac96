import { describe, expect, test } from 'vitest'
import { describePlan, planFit, roomIn, type SizedEntry } from './plan-fit.ts'

const said = (kind: 'user' | 'assistant', tokens: number): SizedEntry => ({
  kind,
  tokens,
  shortTokens: tokens,
})
const used = (tokens: number, shortTokens = Math.min(tokens, 50)): SizedEntry[] => [
  { kind: 'tool_call', tokens: 10, shortTokens: 10 },
  { kind: 'tool_result', tokens, shortTokens },
]
const turn = (tokens: number, ...tools: SizedEntry[]): SizedEntry[] => [
  said('user', tokens),
  ...tools,
  said('assistant', tokens),
]
const turns = (count: number, tokens: number) =>
  Array.from({ length: count }, () => turn(tokens)).flat()
const question = said('user', 100)

function sent(entries: SizedEntry[], headroom: number) {
  const plan = planFit(entries, headroom)
  return { ...plan, ...describePlan(entries, plan) }
}

describe('what fits', () => {
  test('is sent whole', () => {
    const entries = [...turns(3, 100), question]
    expect(sent(entries, 10_000)).toMatchObject({ from: 0, shortBefore: 0, messages: 0, tokens: 0 })
  })

  test('has headroom for the answer: its limit, or a quarter of a small window', () => {
    expect(roomIn(200_000, null)).toBe(Math.floor((200_000 - 16_384) * 0.9))
    expect(roomIn(8_000, null)).toBe(5_400)
    expect(roomIn(8_000, 1_000)).toBe(6_300)
    expect(roomIn(8_000, 100_000)).toBe(3_600)
  })
})

describe('what does not fit', () => {
  test('loses its old results first, and no message', () => {
    const entries = [
      ...turn(100, ...used(3_000)),
      ...turn(100, ...used(3_000)),
      ...turns(3, 100),
      question,
    ]
    expect(sent(entries, 5_000)).toMatchObject({ from: 0, messages: 0, results: 1, tokens: 2_950 })
  })

  test('then its oldest turns, whole', () => {
    const entries = [...turns(20, 500), question]
    const { from, messages, sentTokens } = sent(entries, 8_000)
    expect(entries[from]?.kind).toBe('user')
    expect(messages).toBe(from)
    expect(sentTokens).toBeLessThanOrEqual(8_000)
    expect(sentTokens).toBeGreaterThan(4_000)
  })

  test('keeps the last turns whole as long as older ones can go', () => {
    const old = turns(20, 100)
    const recent = [...turn(100, ...used(2_000)), ...turn(100, ...used(2_000))]
    const { from, results } = sent([...old, ...recent, question], 5_500)
    expect(from).toBeGreaterThan(0)
    expect(from).toBeLessThanOrEqual(old.length)
    expect(results).toBe(0)
  })

  test('keeps every message of the current turn, and the results that nobody has read yet', () => {
    const entries = [
      ...turns(5, 1_000),
      question,
      ...used(4_000),
      said('assistant', 20),
      ...used(4_000),
      { kind: 'tool_result', tokens: 4_000, shortTokens: 50 } as const,
    ]
    const { from, shortBefore, results } = sent(entries, 9_000)
    expect(from).toBe(10)
    expect(results).toBe(1)
    expect(shortBefore).toBe(15)
  })

  test('never loses a call without its result', () => {
    for (let headroom = 100; headroom < 30_000; headroom += 317) {
      const entries = [
        ...Array.from({ length: 12 }, (_, n) => turn(150, ...used(300 * n), ...used(50))).flat(),
        question,
      ]
      const { from } = planFit(entries, headroom)
      expect(entries[from]?.kind).toBe('user')
    }
  })

  test('begins at the same place for many turns, so that a cache knows it', () => {
    const starts = new Set<number>()
    for (let count = 40; count < 100; count += 1) {
      starts.add(planFit([...turns(count, 100), question], 8_000).from)
    }
    expect(starts.size).toBeLessThan(10)
  })
})

test('a plan for 10,000 entries takes less than 10 ms', () => {
  const entries = [
    ...turns(2_500, 90),
    ...Array.from({ length: 2_500 }, () => used(800)).flat(),
    question,
  ]
  const took = [1, 2, 3, 4].map(() => {
    const before = process.cpuUsage()
    describePlan(entries, planFit(entries, 100_000))
    return process.cpuUsage(before).user / 1000
  })
  expect(Math.min(...took)).toBeLessThan(10)
})
