// Copies the write-ahead log of a database into it. Knows nothing else of the database, because the worker
// thread does this from its first second on, and the rest would take it twenty megabytes.
import BetterSqlite3 from 'better-sqlite3'

const BUSY_TIMEOUT_MS = 2000

export class CheckpointConnection {
  readonly file: string
  readonly #sqlite: BetterSqlite3.Database

  /** This process must already have the database open. */
  constructor(file: string) {
    this.file = file
    this.#sqlite = new BetterSqlite3(file, { timeout: BUSY_TIMEOUT_MS })
  }

  /** Copies what it can, and waits for no one. */
  checkpoint(): void {
    this.#sqlite.pragma('wal_checkpoint(passive)')
  }

  close(): void {
    this.#sqlite.close()
  }
}
