// The damage found in the database of this process, reported by the health check and on the messages it
// affects. Not stored, because it is found again after each start.
import { t } from '#shared/translate.ts'
import type { CheckedTable } from './checksum.ts'

export interface DamagedRow {
  table: CheckedTable
  /** The key of the row in its table. */
  key: string
  /** The affected message. Null if there is none. */
  messageId: string | null
}

const COUNTS: Record<CheckedTable, (count: number) => string> = {
  messages: (count) => t`${count} × message`,
  items: (count) => t`${count} × part of what the model is sent`,
  run_events: (count) => t`${count} × event of an answer`,
  model_calls: (count) => t`${count} × row of the ledger`,
}
const MAX_ROWS = 10_000

export class Damage {
  readonly #rows = new Map<string, DamagedRow>()
  readonly #messages = new Set<string>()
  #isStructural = false
  #missing: string[] = []

  reportRow(row: DamagedRow): void {
    if (this.#rows.size >= MAX_ROWS) return
    this.#rows.set(`${row.table} ${row.key}`, row)
    if (row.messageId !== null) this.#messages.add(row.messageId)
  }

  /** Reports that the file itself is damaged, so that any query may fail. */
  reportStructure(): void {
    this.#isStructural = true
  }

  /** Replaces what was reported before: a restored file is not missing any more. */
  reportFiles(missing: string[]): void {
    this.#missing = missing
  }

  concerns(messageId: string): boolean {
    return this.#messages.has(messageId)
  }

  /** Describes the damage and what to do about it. Null if none is known. */
  get sentence(): string | null {
    const counts = Object.entries(COUNTS).flatMap(([table, told]) => {
      const count = [...this.#rows.values()].filter((row) => row.table === table).length
      return count === 0 ? [] : [told(count)]
    })
    if (this.#isStructural) counts.unshift(t`pages of the file`)
    const sentences = [...databaseSentence(counts), ...missingSentence(this.#missing)]
    return sentences.length === 0 ? null : sentences.join(' ')
  }
}

function databaseSentence(counts: string[]): string[] {
  if (counts.length === 0) return []
  return [
    t`The database is damaged (${counts.join(', ')}): stop Tally and restore a backup (npm run restore).`,
  ]
}

const MAX_NAMES = 3

function missingSentence(missing: string[]): string[] {
  if (missing.length === 0) return []
  const names = missing.slice(0, MAX_NAMES).map((name) => t`“${name}”`)
  const more = missing.length - names.length
  if (more > 0) names.push(t`${more} more`)
  return [
    t`Attached files are missing from the data folder (${names.join(', ')}): restore a backup (npm run restore).`,
  ]
}
