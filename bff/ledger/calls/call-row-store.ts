// Converts between a ledger row in the database and a `ModelCall`.
import type { Selectable } from 'kysely'
import * as z from 'zod/mini'
import { CallFlag, CostLine, ModelCall, PriceRates } from '#shared/ledger.ts'
import { checksumOf, isDamaged } from '../../db/checksum.ts'
import type { ModelCallsTable } from '../../db/schema.ts'

export type CallRow = Selectable<ModelCallsTable>

export function toRow(call: ModelCall): Omit<CallRow, 'owner' | 'corrections'> {
  const columns = columnsOf(call)
  return { ...columns, checksum: checksumOf('model_calls', columns) }
}

function columnsOf(call: ModelCall): Omit<CallRow, 'owner' | 'corrections' | 'checksum'> {
  return {
    id: call.id,
    run_id: call.runId,
    conversation_id: call.conversationId,
    purpose: call.purpose,
    agent: call.agent,
    provider: call.provider,
    model_requested: call.modelRequested,
    model_returned: call.modelReturned,
    response_id: call.responseId,
    request_id: call.requestId ?? null,
    attempt: call.attempt,
    service_tier: call.serviceTier,
    status: call.status,
    started_at: call.startedAt,
    ttft_ms: call.ttftMs,
    duration_ms: call.durationMs,
    finish_reason: call.finishReason,
    input_tokens: call.inputTokens,
    cached_input_tokens: call.cachedInputTokens,
    cache_write_tokens: call.cacheWriteTokens,
    output_tokens: call.outputTokens,
    reasoning_tokens: call.reasoningTokens,
    cost_nano_usd: call.costNanoUsd,
    certainty: call.certainty,
    price_id: call.priceId,
    price: toJson(call.price),
    lines: toJson(call.lines),
    computed_nano_usd: call.computedNanoUsd ?? null,
    flags: toJson(call.flags),
    raw_usage: toJson(call.rawUsage),
    demo: call.demo ? 1 : 0,
  }
}

/** Flags a row as `damaged` if its checksum does not match. */
export function fromRow(row: CallRow): ModelCall {
  if (!isDamaged('model_calls', row)) return parseRow(row)
  try {
    return withFlag(parseRow(row), 'damaged')
  } catch {
    // The JSON columns may not parse, so they are dropped.
    const nothing = { price: null, lines: null, flags: null, raw_usage: null }
    return withFlag(parseRow({ ...row, ...nothing }), 'damaged')
  }
}

function withFlag(call: ModelCall, flag: CallFlag): ModelCall {
  return { ...call, flags: [...new Set([...(call.flags ?? []), flag])] }
}

function parseRow(row: CallRow): ModelCall {
  return ModelCall.parse({
    id: row.id,
    runId: row.run_id,
    conversationId: row.conversation_id,
    purpose: row.purpose,
    agent: row.agent,
    provider: row.provider,
    modelRequested: row.model_requested,
    modelReturned: row.model_returned,
    responseId: row.response_id,
    requestId: row.request_id,
    attempt: row.attempt,
    serviceTier: row.service_tier,
    status: row.status,
    startedAt: row.started_at,
    ttftMs: row.ttft_ms,
    durationMs: row.duration_ms,
    finishReason: row.finish_reason,
    inputTokens: row.input_tokens,
    cachedInputTokens: row.cached_input_tokens,
    cacheWriteTokens: row.cache_write_tokens,
    outputTokens: row.output_tokens,
    reasoningTokens: row.reasoning_tokens,
    costNanoUsd: row.cost_nano_usd,
    certainty: row.certainty,
    priceId: row.price_id,
    price: fromJson(z.nullable(PriceRates), row.price, null),
    lines: fromJson(z.array(CostLine), row.lines, []),
    computedNanoUsd: row.computed_nano_usd,
    flags: fromJson(z.array(CallFlag), row.flags, []),
    rawUsage: fromJson(z.unknown(), row.raw_usage, null),
    ...(row.demo === 1 && { demo: true }),
  })
}

function toJson(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value)
}

function fromJson<T>(schema: z.ZodMiniType<T>, json: string | null, otherwise: T): T {
  return json === null ? otherwise : schema.parse(JSON.parse(json))
}
