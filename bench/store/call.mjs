// A ledger row as a real call leaves it.
import { v7 as uuid } from 'uuid'

export function sampleCall(more = {}) {
  return {
    id: uuid(),
    runId: uuid(),
    conversationId: uuid(),
    purpose: 'chat',
    agent: 'assistant',
    provider: 'openai',
    modelRequested: 'gpt-4.1',
    modelReturned: 'gpt-4.1-2025-04-14',
    responseId: `resp_${uuid()}`,
    attempt: 1,
    serviceTier: 'default',
    status: 'completed',
    startedAt: new Date().toISOString(),
    ttftMs: 412,
    durationMs: 5230,
    finishReason: 'completed',
    inputTokens: 1412,
    cachedInputTokens: 1024,
    cacheWriteTokens: null,
    outputTokens: 271,
    reasoningTokens: 0,
    costNanoUsd: 3_456_000,
    certainty: 'computed',
    priceId: 'openai/gpt-4.1',
    price: null,
    lines: [],
    computedNanoUsd: 3_456_000,
    flags: [],
    rawUsage: { input_tokens: 1412, output_tokens: 271, total_tokens: 1683 },
    ...more,
  }
}
