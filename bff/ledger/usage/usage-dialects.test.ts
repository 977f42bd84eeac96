import { describe, expect, test } from 'vitest'
import { readUsage } from './read-usage.ts'

/** Returns the counts of a report that are not null. */
function counts(raw: unknown, provider: string | null = null): Record<string, unknown> {
  const usage = readUsage(raw, provider)
  if (usage === null) return { reported: false }
  return Object.fromEntries(
    Object.entries(usage).filter(([, value]) => value !== null && !Array.isArray(value)),
  )
}

const flags = (raw: unknown, provider: string | null = null): unknown =>
  readUsage(raw, provider)?.flags

describe('every dialect is converted to one layout', () => {
  test('OpenAI Chat Completions: cache, writes and reasoning are inside', () => {
    const raw = {
      prompt_tokens: 1000,
      completion_tokens: 300,
      total_tokens: 1300,
      prompt_tokens_details: { cached_tokens: 600, cache_write_tokens: 200, audio_tokens: 10 },
      completion_tokens_details: { reasoning_tokens: 100, audio_tokens: 5 },
    }
    expect(counts(raw, 'openai')).toEqual({
      dialect: 'chat',
      inputTokens: 1000,
      cachedInputTokens: 600,
      cacheWriteTokens: 200,
      outputTokens: 300,
      reasoningTokens: 100,
      audioInputTokens: 10,
      audioOutputTokens: 5,
    })
    expect(flags(raw)).toEqual([])
  })

  test('OpenAI Responses', () => {
    const raw = {
      input_tokens: 36,
      input_tokens_details: { cached_tokens: 4, cache_write_tokens: 0 },
      output_tokens: 87,
      output_tokens_details: { reasoning_tokens: 20 },
      total_tokens: 123,
    }
    expect(counts(raw, 'openai')).toEqual({
      dialect: 'responses',
      inputTokens: 36,
      cachedInputTokens: 4,
      cacheWriteTokens: 0,
      outputTokens: 87,
      reasoningTokens: 20,
    })
  })

  test('DeepSeek counts cache hits under its own name', () => {
    const raw = {
      prompt_tokens: 500,
      prompt_cache_hit_tokens: 448,
      prompt_cache_miss_tokens: 52,
      completion_tokens: 10,
      total_tokens: 510,
    }
    expect(counts(raw, 'deepseek')).toMatchObject({ dialect: 'deepseek', cachedInputTokens: 448 })
  })

  test('xAI bills reasoning beside the answer', () => {
    const raw = {
      prompt_tokens: 32,
      completion_tokens: 9,
      total_tokens: 285,
      prompt_tokens_details: { cached_tokens: 6 },
      completion_tokens_details: { reasoning_tokens: 244 },
      num_sources_used: 0,
      cost_in_usd_ticks: 37_756_000,
    }
    expect(counts(raw, 'x-ai')).toMatchObject({
      outputTokens: 253,
      reasoningTokens: 244,
      reportedNanoUsd: 3_775_600n,
    })
    expect(flags(raw, 'x-ai')).toEqual([])
  })

  test('xAI behind an unknown proxy is recognised by its total', () => {
    const raw = {
      prompt_tokens: 32,
      completion_tokens: 9,
      total_tokens: 285,
      completion_tokens_details: { reasoning_tokens: 244 },
    }
    expect(counts(raw)).toMatchObject({ dialect: 'chat', outputTokens: 253 })
  })

  test('Google shows its thinking only in the total', () => {
    const raw = { prompt_tokens: 10, completion_tokens: 20, total_tokens: 130 }
    expect(counts(raw, 'google')).toMatchObject({ outputTokens: 120, reasoningTokens: 100 })
    expect(flags(raw, 'google')).toEqual([])
    expect(flags(raw)).toEqual(['total_mismatch'])
  })

  test('Perplexity counts reasoning and citations beside its total', () => {
    const raw = {
      prompt_tokens: 33,
      completion_tokens: 7163,
      total_tokens: 7196,
      citation_tokens: 20016,
      num_search_queries: 18,
      reasoning_tokens: 193_798,
      cost: { input_tokens_cost: 0.0001, total_cost: 0.819 },
    }
    expect(counts(raw, 'perplexity')).toMatchObject({
      inputTokens: 33,
      outputTokens: 7163 + 193_798,
      reasoningTokens: 193_798,
      citationTokens: 20016,
      webSearches: 18,
      reportedNanoUsd: 819_000_000n,
    })
    expect(flags(raw, 'perplexity')).toEqual([])
  })

  test('Anthropic leaves cached and written tokens outside of its input', () => {
    const raw = {
      input_tokens: 50,
      cache_read_input_tokens: 1000,
      cache_creation_input_tokens: 200,
      cache_creation: { ephemeral_5m_input_tokens: 150, ephemeral_1h_input_tokens: 50 },
      output_tokens: 30,
    }
    expect(counts(raw, 'anthropic')).toMatchObject({
      inputTokens: 1250,
      cachedInputTokens: 1000,
      cacheWriteTokens: 200,
      longCacheWriteTokens: 50,
    })
  })

  test('a gateway in front of Anthropic may leave the cache inside or outside: its total decides', () => {
    const gateway = {
      prompt_tokens: 1250,
      completion_tokens: 30,
      cache_read_input_tokens: 1000,
      cache_creation_input_tokens: 200,
    }
    expect(counts({ ...gateway, total_tokens: 1280 })).toMatchObject({ inputTokens: 1250 })
    expect(counts({ ...gateway, prompt_tokens: 50, total_tokens: 1280 })).toMatchObject({
      inputTokens: 1250,
    })
    expect(counts({ ...gateway, prompt_tokens: 50 })).toMatchObject({ inputTokens: 1250 })
  })

  test('Moonshot names cached tokens at the top', () => {
    const raw = { prompt_tokens: 19, completion_tokens: 13, total_tokens: 32, cached_tokens: 12 }
    expect(counts(raw, 'moonshotai')).toMatchObject({ inputTokens: 19, cachedInputTokens: 12 })
  })

  test('Ollama reports no prompt tokens when its cache had them: not reported, not zero', () => {
    const raw = { prompt_tokens: 0, completion_tokens: 12, total_tokens: 12 }
    const usage = readUsage(raw, null)
    expect(usage?.inputTokens).toBeNull()
    expect(usage?.outputTokens).toBe(12)
    expect(usage?.flags).toEqual([])
  })

  test('llama.cpp without usage is read from its timings', () => {
    const raw = { timings: { cache_n: 236, prompt_n: 1, predicted_n: 35, predicted_ms: 661.06 } }
    expect(counts(raw)).toEqual({
      dialect: 'llama.cpp',
      inputTokens: 237,
      cachedInputTokens: 236,
      outputTokens: 35,
    })
  })

  test('vLLM without --enable-prompt-tokens-details reports no cache', () => {
    const raw = {
      prompt_tokens: 9,
      completion_tokens: 3,
      total_tokens: 12,
      prompt_tokens_details: null,
    }
    expect(readUsage(raw, null)).toMatchObject({ cachedInputTokens: null, reasoningTokens: null })
  })
})
