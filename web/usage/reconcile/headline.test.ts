import { expect, test } from 'vitest'
import type { BilledSum, ReconciledRow, Reconciliation } from '#shared/reconcile.ts'
import { headlineOf } from './headline.ts'

const CENT = 10_000_000

function side(costNanoUsd: number | null, calls: number | null = 1): BilledSum {
  const unpricedCalls = costNanoUsd === null ? 1 : 0
  const certainty = costNanoUsd === null ? 'unknown' : 'reported'
  return {
    models: ['m'],
    costNanoUsd,
    certainty,
    unpricedCalls,
    calls,
    inputTokens: 1,
    outputTokens: 1,
  }
}

/** In cents. */
type Pair = [ours: number | null | 'none', theirs: number | null | 'none']

function result(pairs: Pair[], calls: number | null = pairs.length): Reconciliation {
  const rows = pairs.map(([mine, other]): ReconciledRow => {
    const [ours, theirs] = [mine, other].map((cents) =>
      cents === 'none' ? null : side(cents === null ? null : cents * CENT),
    )
    const isKnown = mine !== null && other !== null
    const difference = isKnown
      ? ((mine === 'none' ? 0 : mine) - (other === 'none' ? 0 : other)) * CENT
      : null
    return {
      day: '2026-11-02',
      model: 'm',
      status: difference === 0 ? 'same' : 'differs',
      ours: ours ?? null,
      theirs: theirs ?? null,
      differenceNanoUsd: difference,
    }
  })
  const total = (at: 0 | 1) =>
    pairs.reduce((all, pair) => all + (typeof pair[at] === 'number' ? pair[at] : 0), 0) * CENT
  return {
    from: '2026-11-02',
    to: '2026-11-02',
    provider: null,
    ours: side(total(0), calls),
    theirs: side(total(1)),
    differenceNanoUsd: 0,
    rows,
  }
}

const title = (pairs: Pair[], calls?: number) =>
  headlineOf(result(pairs, calls), 'OpenRouter').title
const notes = (pairs: Pair[]) => headlineOf(result(pairs), 'OpenRouter').notes

test('what agrees is said in one line', () => {
  expect(headlineOf(result([[5, 5]], 214), 'OpenAI')).toEqual({
    title: 'All 214 calls agree',
    notes: [],
    agrees: true,
  })
  expect(title([[5, 5]], 1)).toBe('The only call agrees')
  expect(headlineOf(result([[5, 5]], null), 'OpenAI').title).toBe('All $0.05 agree')
})

test('the headline says how much of the bill is explained', () => {
  const pairs: Pair[] = [
    [1200, 1200],
    [34, 40],
  ]
  expect(title(pairs)).toBe('$12.34 of $12.40 explained, $0.06 not')
  expect(notes(pairs)).toEqual(['1 of 2 rows differs.'])
  expect(title([['none', 40]])).toBe('Nothing of $0.40 explained')
})

test('what the provider did not bill does not make up for what is missing', () => {
  const pairs: Pair[] = [
    [50, 40],
    [30, 40],
  ]
  expect(title(pairs)).toBe('$0.70 of $0.80 explained, $0.10 not')
  expect(notes(pairs)).toEqual([
    '2 of 2 rows differ.',
    'Tally counted $0.10 that OpenRouter did not bill.',
  ])
  expect(title([[50, 40]])).toBe('All $0.40 explained')
  expect(title([[50, 'none']])).toBe('OpenRouter billed nothing, Tally counted $0.50')
})

test('unknown amounts are left out, and that is said', () => {
  expect(title([[null, 40]])).toBe('Nothing can be compared: the amounts are not known')
  expect(
    notes([
      [null, 40],
      [1, 2],
    ]),
  ).toContain('One row has an amount that is not known, and is not part of this sum.')
})
