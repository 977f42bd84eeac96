// Fills the database of a stopped server with a year of model calls in five hundred conversations, some
// without a price, using the product's own store.
import path from 'node:path'
import type { ModelCall } from '#shared/ledger.ts'
import { openDatabase } from '../bff/db/open.ts'
import { addToTotals } from '../bff/ledger/calls/call-store.ts'
import { toRow } from '../bff/ledger/calls/call-row-store.ts'

const START = Date.UTC(2025, 10, 1)
const YEAR_MS = 365 * 86_400_000
const ROWS_PER_INSERT = 50

/** Returns the calls, oldest first. */
export async function fillLedger(dataDir: string, count: number): Promise<ModelCall[]> {
  const calls = Array.from({ length: count }, (_, n) => callNumber(n, YEAR_MS / count))
  const db = await openDatabase(path.join(dataDir, 'tally.db'))
  try {
    await db.transaction(async (trx) => {
      for (let at = 0; at < count; at += ROWS_PER_INSERT) {
        const rows = calls.slice(at, at + ROWS_PER_INSERT).map(toRow)
        await trx.insertInto('model_calls').values(rows).execute()
        for (const { id } of rows) await addToTotals(trx, id)
      }
    })
  } finally {
    await db.close()
  }
  return calls
}

function callNumber(n: number, stepMs: number): ModelCall {
  const costNanoUsd = n % 97 === 0 ? null : 1_000_000 + ((n * 7919) % 9_000_011)
  return {
    id: uuid(1, n),
    runId: uuid(2, Math.floor(n / 3)),
    conversationId: uuid(3, Math.floor(n / 8) % 500),
    purpose: n % 10 === 0 ? 'title' : 'chat',
    agent: ['assistant', 'researcher', 'writer'][n % 3] ?? null,
    provider: n % 8 < 5 ? 'openai' : 'local',
    modelRequested: `model-${n % 8}`,
    modelReturned: n % 2 === 0 ? `model-${n % 8}` : null,
    responseId: `resp_${n}`,
    attempt: 1,
    serviceTier: null,
    status: 'completed',
    startedAt: new Date(START + Math.floor(n * stepMs)).toISOString(),
    ttftMs: 400,
    durationMs: 5000,
    finishReason: 'stop',
    inputTokens: 1200 + (n % 900),
    cachedInputTokens: n % 700,
    cacheWriteTokens: null,
    outputTokens: 80 + (n % 500),
    reasoningTokens: 0,
    costNanoUsd,
    certainty: costNanoUsd === null ? 'unknown' : 'computed',
    priceId: null,
    price: null,
    lines: [],
    computedNanoUsd: costNanoUsd,
    flags: [],
    rawUsage: { prompt_tokens: 1200 + (n % 900), completion_tokens: 80 + (n % 500) },
  }
}

function uuid(kind: number, n: number): string {
  return `0199a000-000${kind}-7000-8000-${n.toString(16).padStart(12, '0')}`
}
