import type { ModelCall, PriceRates } from '#shared/ledger.ts'

const PRICE: PriceRates = {
  inputPerMTok: 1_250_000_000,
  cachedInputPerMTok: 125_000_000,
  cacheWritePerMTok: null,
  outputPerMTok: 10_000_000_000,
  origin: 'provider_list',
  source: 'genai-prices 0.1.8, openai/gpt-5.6-luna',
  effectiveFrom: '2026-07-30',
  tier: null,
}

/** Creates a finished call of $0.010517 with `more` applied. */
export function aCall(more: Partial<ModelCall> = {}): ModelCall {
  return {
    id: 'call',
    runId: 'run',
    conversationId: 'conversation',
    purpose: 'chat',
    agent: 'assistant',
    provider: 'openai',
    modelRequested: 'gpt-5.6-luna',
    modelReturned: 'gpt-5.6-luna',
    responseId: 'resp_1',
    attempt: 1,
    serviceTier: 'default',
    status: 'completed',
    startedAt: '2026-11-20T10:00:00.000Z',
    ttftMs: 400,
    durationMs: 2400,
    finishReason: 'stop',
    inputTokens: 6420,
    cachedInputTokens: 4096,
    cacheWriteTokens: 0,
    outputTokens: 710,
    reasoningTokens: 256,
    costNanoUsd: 10_517_000,
    certainty: 'computed',
    priceId: null,
    price: PRICE,
    rawUsage: { prompt_tokens: 6420 },
    ...more,
  }
}
