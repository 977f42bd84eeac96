import { describe, expect, test } from 'vitest'
import { readUsage } from './read-usage.ts'

describe('an amount that the provider reports', () => {
  test.each([
    ['OpenRouter, in dollars', { cost: 0.00014 }, 140_000n],
    ['LiteLLM, as text', { cost: '1.5e-05' }, 15_000n],
    [
      'OpenRouter with its own key',
      { cost: 0.95, cost_details: { upstream_inference_cost: 0.95 } },
      950_000_000n,
    ],
    [
      'OpenRouter with the key of the user: fee and upstream',
      { cost: 0.001, is_byok: true, cost_details: { upstream_inference_cost: 0.02 } },
      21_000_000n,
    ],
    ['a free model', { cost: 0 }, 0n],
    ['below a nano-dollar', { cost: 0.0000000006 }, 1n],
  ])('%s', (_, extra, nano) => {
    const raw = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2, ...extra }
    expect(readUsage(raw, null)?.reportedNanoUsd).toBe(nano)
  })

  test('a fee without the upstream amount is not an amount', () => {
    const raw = { prompt_tokens: 1, completion_tokens: 1, cost: 0.001, is_byok: true }
    expect(readUsage(raw, null)?.reportedNanoUsd).toBeNull()
  })

  test('is used even without token counts', () => {
    expect(readUsage({ prompt_tokens: 0, completion_tokens: 0, cost: 0.002 }, null)).toMatchObject({
      inputTokens: null,
      outputTokens: null,
      reportedNanoUsd: 2_000_000n,
    })
  })
})

describe('impossible values are flagged or dropped, never corrected', () => {
  test.each([undefined, null, {}, [], 'usage', 7, { usage: 1 }])('%j is not a report', (raw) => {
    expect(readUsage(raw, null)).toBeNull()
  })

  test('a report of only zeros is not a report', () => {
    const raw = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }
    expect(readUsage(raw, null)).toBeNull()
    expect(
      readUsage(
        {
          input_tokens: 0,
          output_tokens: 0,
          total_tokens: 0,
          input_tokens_details: { cached_tokens: 0 },
        },
        null,
      ),
    ).toBeNull()
  })

  test('a count that is not a whole number is dropped', () => {
    const raw = {
      prompt_tokens: '12',
      completion_tokens: 2.5,
      total_tokens: -1,
      prompt_tokens_details: { cached_tokens: 3 },
    }
    expect(readUsage(raw, null)).toMatchObject({
      inputTokens: null,
      outputTokens: null,
      cachedInputTokens: 3,
    })
  })

  test('a total that does not add up', () => {
    const raw = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 20 }
    expect(readUsage(raw, 'openai')).toMatchObject({
      inputTokens: 10,
      outputTokens: 5,
      flags: ['total_mismatch'],
    })
  })

  test('more cached tokens than input', () => {
    const raw = {
      prompt_tokens: 10,
      completion_tokens: 5,
      total_tokens: 15,
      prompt_tokens_details: { cached_tokens: 11 },
    }
    expect(readUsage(raw, null)?.flags).toContain('parts_exceed_whole')
  })
})
