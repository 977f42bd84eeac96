// The columns of the CSV export.
import { type CsvCell, exactDollars, toCsvLine } from '#shared/csv-line.ts'
import { isDamaged } from '../../db/checksum.ts'
import { type CallRow, fromRow } from '../calls/call-row-store.ts'

const COLUMNS: [string, (row: CallRow) => CsvCell][] = [
  ['startedAt', (row) => row.started_at],
  ['id', (row) => row.id],
  ['runId', (row) => row.run_id],
  ['conversationId', (row) => row.conversation_id],
  ['purpose', (row) => row.purpose],
  ['agent', (row) => row.agent],
  ['provider', (row) => row.provider],
  ['modelRequested', (row) => row.model_requested],
  ['modelReturned', (row) => row.model_returned],
  ['responseId', (row) => row.response_id],
  ['requestId', (row) => row.request_id],
  ['attempt', (row) => row.attempt],
  ['serviceTier', (row) => row.service_tier],
  ['status', (row) => row.status],
  ['finishReason', (row) => row.finish_reason],
  ['ttftMs', (row) => row.ttft_ms],
  ['durationMs', (row) => row.duration_ms],
  ['inputTokens', (row) => row.input_tokens],
  ['cachedInputTokens', (row) => row.cached_input_tokens],
  ['cacheWriteTokens', (row) => row.cache_write_tokens],
  ['outputTokens', (row) => row.output_tokens],
  ['reasoningTokens', (row) => row.reasoning_tokens],
  ['costNanoUsd', (row) => row.cost_nano_usd],
  ['costUsd', (row) => exactDollars(row.cost_nano_usd)],
  ['certainty', (row) => row.certainty],
  ['computedNanoUsd', (row) => row.computed_nano_usd],
  ['priceId', (row) => row.price_id],
  ['price', (row) => row.price],
  ['lines', (row) => row.lines],
  [
    'flags',
    (row) => (isDamaged('model_calls', row) ? JSON.stringify(fromRow(row).flags) : row.flags),
  ],
  ['corrections', (row) => row.corrections],
  ['rawUsage', (row) => row.raw_usage],
  ['demo', (row) => row.demo],
]

export const CSV_HEADER = toCsvLine(COLUMNS.map(([name]) => name))

export function toCsv(rows: CallRow[]): string {
  return rows.map((row) => toCsvLine(COLUMNS.map(([, cell]) => cell(row)))).join('')
}
