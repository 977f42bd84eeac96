// Kysely over one better-sqlite3 connection: statements are prepared once per SQL text, and a
// transaction takes the write lock when it begins (a read that turns into a write would fail at
// once when somebody wrote in between, whatever the timeout).
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
import { retryWhileBusy } from './busy.ts'

/** Told after every query; tests count with it what a request reads. */
export type OnQuery = (sql: string, rows: number) => void

const MOST_STATEMENTS = 500

export function sqliteDialect(sqlite: BetterSqlite3.Database, onQuery?: OnQuery): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new SqliteDriver(sqlite, onQuery),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

class SqliteDriver implements Driver {
  readonly #sqlite: BetterSqlite3.Database
  readonly #connection: SqliteConnection

  constructor(sqlite: BetterSqlite3.Database, onQuery?: OnQuery) {
    this.#sqlite = sqlite
    this.#connection = new SqliteConnection(sqlite, onQuery)
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }

  async beginTransaction(): Promise<void> {
    await retryWhileBusy(() => this.#connection.prepare('begin immediate').run())
  }

  async commitTransaction(): Promise<void> {
    this.#connection.prepare('commit').run()
  }

  async rollbackTransaction(): Promise<void> {
    // A full disk and some I/O errors have rolled back by themselves.
    if (this.#sqlite.inTransaction) this.#connection.prepare('rollback').run()
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    this.#sqlite.close()
  }
}

class SqliteConnection implements DatabaseConnection {
  readonly #sqlite: BetterSqlite3.Database
  readonly #onQuery: OnQuery | undefined
  readonly #statements = new Map<string, BetterSqlite3.Statement>()

  constructor(sqlite: BetterSqlite3.Database, onQuery?: OnQuery) {
    this.#sqlite = sqlite
    this.#onQuery = onQuery
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const statement = this.prepare<R>(sql)
    if (statement.reader) {
      const rows = await retryWhileBusy(() => statement.all(...parameters))
      this.#onQuery?.(sql, rows.length)
      return { rows }
    }
    const { changes, lastInsertRowid } = await retryWhileBusy(() => statement.run(...parameters))
    this.#onQuery?.(sql, 0)
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
  }

  async *streamQuery<R>({ sql, parameters }: CompiledQuery): AsyncGenerator<QueryResult<R>> {
    for (const row of this.prepare<R>(sql).iterate(...parameters)) yield { rows: [row] }
  }

  // R is what the query builder inferred from the schema; the tables are STRICT and keep to it.
  prepare<R>(sql: string): BetterSqlite3.Statement<unknown[], R>
  prepare(sql: string): BetterSqlite3.Statement {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      if (this.#statements.size >= MOST_STATEMENTS) this.#statements.clear()
      statement = this.#sqlite.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }
}
