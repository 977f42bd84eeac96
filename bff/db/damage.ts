// What is known to be damaged in the database of this process: said by the health of the server and on
// the messages that it concerns. It is found again after each start, so it is not stored.
import type { CheckedTable } from './checksum.ts'

export interface DamagedRow {
  table: CheckedTable
  /** Names the row within its table. */
  key: string
  /** The message that it belongs to; null: none. */
  messageId: string | null
}

const NAMES: Record<CheckedTable, string> = {
  messages: 'message',
  items: 'part of what the model is sent',
  run_events: 'event of an answer',
  model_calls: 'row of the ledger',
}
const MAX_ROWS = 10_000

export class Damage {
  readonly #rows = new Map<string, DamagedRow>()
  readonly #messages = new Set<string>()
  #isStructural = false

  reportRow(row: DamagedRow): void {
    if (this.#rows.size >= MAX_ROWS) return
    this.#rows.set(`${row.table} ${row.key}`, row)
    if (row.messageId !== null) this.#messages.add(row.messageId)
  }

  /** The file itself is damaged, so that any query may fail. */
  reportStructure(): void {
    this.#isStructural = true
  }

  concerns(messageId: string): boolean {
    return this.#messages.has(messageId)
  }

  /** In a sentence with what to do; null: none is known. */
  get sentence(): string | null {
    const counts = Object.entries(NAMES).flatMap(([table, name]) => {
      const count = [...this.#rows.values()].filter((row) => row.table === table).length
      return count === 0 ? [] : [`${count} × ${name}`]
    })
    if (this.#isStructural) counts.unshift('pages of the file')
    if (counts.length === 0) return null
    return `The database is damaged (${counts.join(', ')}): stop Tally and restore a backup (npm run restore).`
  }
}
