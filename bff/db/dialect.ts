// Kysely over one better-sqlite3 connection. Statements are prepared once per SQL text. A transaction
// takes the write lock when it begins: a read that turns into a write would fail at once if another
// program wrote in between, whatever the timeout. One deadline covers the wait for the connection and
// for other programs. Queries block the event loop, so others get their turn between them, but not within a
// transaction: other programs would wait for its lock meanwhile.
import type BetterSqlite3 from 'better-sqlite3'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { BUSY_TIMEOUT_MS, countWait, isBusy, retryWhileBusy, timeLeft } from './busy.ts'
import { yieldWhenDue } from '../jobs/event-loop.ts'
import { ConnectionQueue } from './connection-queue.ts'

/** Called after every query. Tests use it to count what a request reads. */
export type OnQuery = (sql: string, rows: number) => void

export interface DialectOptions {
  onQuery?: OnQuery | undefined
  busyTimeoutMs?: number | undefined
  /** Throws if writing is not possible. */
  beforeWriting?: (() => void) | undefined
  /** Replaces an error of SQLite. */
  toError: (error: unknown) => unknown
}

const MAX_STATEMENTS = 500

export function sqliteDialect(sqlite: BetterSqlite3.Database, options: DialectOptions): Dialect {
  return {
    createAdapter: () => new QueuedAdapter(),
    createDriver: () => new SqliteDriver(sqlite, options),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

/** The driver keeps the order itself, with a deadline per user. */
class QueuedAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

class SqliteDriver implements Driver {
  readonly #sqlite: BetterSqlite3.Database
  readonly #connection: SqliteConnection
  readonly #queue = new ConnectionQueue(() => this.#connection.isHeldByOther)
  readonly #busyTimeoutMs: number
  readonly #beforeWriting: DialectOptions['beforeWriting']
  readonly #toError: DialectOptions['toError']

  constructor(sqlite: BetterSqlite3.Database, options: DialectOptions) {
    this.#sqlite = sqlite
    this.#connection = new SqliteConnection(sqlite, options)
    this.#busyTimeoutMs = options.busyTimeoutMs ?? BUSY_TIMEOUT_MS
    this.#beforeWriting = options.beforeWriting
    this.#toError = options.toError
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const deadline = performance.now() + timeLeft(this.#busyTimeoutMs)
    await this.#throwing(() => countWait(this.#queue.take(deadline)))
    this.#connection.deadline = deadline
    return this.#connection
  }

  async beginTransaction(): Promise<void> {
    await yieldWhenDue()
    this.#beforeWriting?.()
    await this.#run('begin immediate')
  }

  commitTransaction(): Promise<void> {
    return this.#run('commit')
  }

  async rollbackTransaction(): Promise<void> {
    // SQLite rolls back by itself on a full disk and on some I/O errors.
    if (this.#sqlite.inTransaction) await this.#run('rollback')
  }

  async releaseConnection(): Promise<void> {
    this.#queue.give()
  }

  async destroy(): Promise<void> {
    this.#sqlite.close()
  }

  #run(sql: string): Promise<void> {
    return this.#throwing(async () => {
      await this.#connection.retryWhileBusy(() => this.#connection.prepare(sql).run())
    })
  }

  async #throwing(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      throw this.#toError(error)
    }
  }
}

class SqliteConnection implements DatabaseConnection {
  readonly #sqlite: BetterSqlite3.Database
  readonly #onQuery: OnQuery | undefined
  readonly #toError: DialectOptions['toError']
  readonly #statements = new Map<string, BetterSqlite3.Statement>()
  /** The deadline of the current user. */
  deadline = 0
  /** As the last attempt has found. */
  isHeldByOther = false

  constructor(sqlite: BetterSqlite3.Database, { onQuery, toError }: DialectOptions) {
    this.#sqlite = sqlite
    this.#onQuery = onQuery
    this.#toError = toError
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    if (!this.#sqlite.inTransaction) await yieldWhenDue()
    try {
      return await this.retryWhileBusy(() => this.#execute<R>(sql, parameters))
    } catch (error) {
      throw this.#toError(error)
    }
  }

  retryWhileBusy<Result>(attempt: () => Result): Promise<Result> {
    return retryWhileBusy(() => {
      try {
        const result = attempt()
        this.isHeldByOther = false
        return result
      } catch (error) {
        this.isHeldByOther = isBusy(error)
        throw error
      }
    }, this.deadline)
  }

  #execute<R>(sql: string, parameters: readonly unknown[]): QueryResult<R> {
    const statement = this.prepare<R>(sql)
    if (statement.reader) {
      const rows = statement.all(...parameters)
      this.#onQuery?.(sql, rows.length)
      return { rows }
    }
    const { changes, lastInsertRowid } = statement.run(...parameters)
    this.#onQuery?.(sql, 0)
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
  }

  async *streamQuery<R>({ sql, parameters }: CompiledQuery): AsyncGenerator<QueryResult<R>> {
    for (const row of this.prepare<R>(sql).iterate(...parameters)) yield { rows: [row] }
  }

  // R is inferred by the query builder from the schema, and the tables are STRICT.
  prepare<R>(sql: string): BetterSqlite3.Statement<unknown[], R>
  prepare(sql: string): BetterSqlite3.Statement {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      if (this.#statements.size >= MAX_STATEMENTS) this.#statements.clear()
      statement = this.#sqlite.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }
}
