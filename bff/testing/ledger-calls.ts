// For tests: a ledger row with its own id, and databases with some rows.
import type { ModelCall } from '#shared/ledger.ts'
import type { Database } from '../db/open.ts'
import { temporaryDatabase } from './temporary-database.ts'
import { closeCall } from '../ledger/calls/call-store.ts'

let number = 0

export function sampleCall(more: Partial<ModelCall> = {}): ModelCall {
  number += 1
  return {
    id: `call-${number}`,
    runId: 'run-1',
    conversationId: 'c-1',
    purpose: 'chat',
    agent: 'assistant',
    provider: 'openai',
    modelRequested: 'gpt-4o',
    modelReturned: 'gpt-4o-2024-08-06',
    responseId: null,
    attempt: 1,
    serviceTier: null,
    status: 'completed',
    startedAt: '2026-11-02T12:00:00.000Z',
    ttftMs: 5,
    durationMs: 10,
    finishReason: 'stop',
    inputTokens: 10,
    cachedInputTokens: null,
    cacheWriteTokens: null,
    outputTokens: 1,
    reasoningTokens: null,
    costNanoUsd: 1000,
    certainty: 'computed',
    priceId: null,
    price: null,
    lines: [],
    computedNanoUsd: 1000,
    flags: [],
    rawUsage: { prompt_tokens: 10 },
    ...more,
  }
}

export async function databaseWith(calls: Partial<ModelCall>[]): Promise<Database> {
  const db = await temporaryDatabase()
  for (const call of calls) await closeCall(db, sampleCall(call))
  return db
}
