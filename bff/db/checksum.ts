// A checksum per row for data that must not change unnoticed, stored with the row and checked on
// reading. It detects disk damage and edits by other programs, but does not protect from deliberate
// forgery.
import { crc32 } from 'node:zlib'

type Value = string | number | null | undefined

/**
 * The columns covered. Derived sums and counters are excluded. A column added later must be null in
 * existing rows: null counts as absent.
 */
const COVERED = {
  messages: named(`id conversation_id parent_id role status parts created_at run_id agent provider
    model`),
  items: named('conversation_id message_id item'),
  run_events: named('run_id seq type data'),
  model_calls:
    named(`id run_id conversation_id purpose agent provider model_requested model_returned
    response_id request_id attempt service_tier status started_at ttft_ms duration_ms finish_reason
    input_tokens cached_input_tokens cache_write_tokens output_tokens reasoning_tokens cost_nano_usd
    certainty price_id price lines computed_nano_usd flags raw_usage demo`),
}

function named(names: string): string[] {
  return names.split(/\s+/)
}

const MAX_SMALL = 256

export type CheckedTable = keyof typeof COVERED

/** For each table with checksums: the columns covered, and its key columns. */
export const CHECKED_TABLES: { table: CheckedTable; covered: string[]; key: string[] }[] = [
  { table: 'messages', covered: COVERED.messages, key: ['number'] },
  { table: 'items', covered: COVERED.items, key: ['conversation_id', 'seq'] },
  { table: 'run_events', covered: COVERED.run_events, key: ['run_id', 'seq'] },
  { table: 'model_calls', covered: COVERED.model_calls, key: ['id'] },
]

export function checksumOf(table: CheckedTable, row: object): number {
  const values: Record<string, Value> = Object(row)
  let small = ''
  let sum = 0
  for (const name of COVERED[table]) {
    const value = values[name] ?? null
    if (value === null) continue
    small += `${name}\0`
    // Avoids copying a long text.
    if (typeof value === 'string' && value.length > MAX_SMALL) sum = crc32(value, sum)
    else small += `${value}\0`
  }
  return crc32(small, sum)
}

/** A row from before there were checksums is not damaged; its checksum is null until filled in. */
export function isDamaged(table: CheckedTable, row: { checksum: number | null }): boolean {
  return row.checksum !== null && row.checksum !== checksumOf(table, row)
}
