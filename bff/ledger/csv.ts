// The ledger as CSV (RFC 4180). Text comes from models and providers, and a spreadsheet runs what
// begins like a formula, so such a cell gets an apostrophe in front; numbers stay numbers. Where a
// spreadsheet separates cells by semicolons, a formula can begin in the middle of a text.
import type { CallRow } from './store-row.ts'

type Cell = string | number | null

const COLUMNS: [string, (row: CallRow) => Cell][] = [
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
  ['costUsd', (row) => usd(row.cost_nano_usd)],
  ['certainty', (row) => row.certainty],
  ['computedNanoUsd', (row) => row.computed_nano_usd],
  ['priceId', (row) => row.price_id],
  ['price', (row) => row.price],
  ['lines', (row) => row.lines],
  ['flags', (row) => row.flags],
  ['corrections', (row) => row.corrections],
  ['rawUsage', (row) => row.raw_usage],
]

const FORMULA = /^(?=[=+\-@\t\r\n])|(?<=[;\t\r\n])(?="*[=+\-@])/g

export const CSV_HEADER = toLine(COLUMNS.map(([name]) => name))

export function toCsv(rows: CallRow[]): string {
  return rows.map((row) => toLine(COLUMNS.map(([, cell]) => cell(row)))).join('')
}

function toLine(cells: Cell[]): string {
  return `${cells.map(quoted).join(',')}\r\n`
}

function quoted(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = cell.replaceAll(FORMULA, "'")
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Exact: all nine decimals. */
function usd(nano: number | null): string | null {
  if (nano === null) return null
  const digits = String(nano).padStart(10, '0')
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`
}
