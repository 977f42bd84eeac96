// Opens the database of this process. A file that must not be touched is refused before anything is
// written: folder, lock, header, version, write-ahead log, other programs, backup, migration, schema.
import { randomUUID } from 'node:crypto'
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { Kysely, type Transaction } from 'kysely'
import * as z from 'zod/mini'
import { Problem } from '../http/problem.ts'
import { checkSchema } from './check-schema.ts'
import { Damage } from './damage.ts'
import { type OnQuery, sqliteDialect } from './dialect.ts'
import { watchFiles } from './file-watch.ts'
import { MIN_FREE_BYTES } from './free-space.ts'
import { refuseIfInUse } from './in-use.ts'
import { lockFolder } from './lock.ts'
import { LogSync, type SyncFile } from './log-sync.ts'
import { type Migration, migrate, migrations } from './migrate.ts'
import { backUpBeforeMigration } from './own-backups.ts'
import { APPLICATION_ID, DatabaseRefused, inspectFile } from './refuse.ts'
import type { Schema } from './schema.ts'
import { refuseStaleWal, writeOpenedMark } from './stale-wal.ts'
import { asProblem, storageFailure } from './unavailable.ts'

/** The transaction passed to `work`. */
export type Writing = Transaction<Schema>

export interface Database {
  /** The path of the database file. */
  file: string
  /** The damage known so far. */
  damage: Damage
  /** For reading. Refuses writes, and never waits for a writer. */
  kysely: Kysely<Schema>
  /** Writes all of `work` or nothing, holding the write lock from the start. */
  transaction<T>(work: (trx: Writing) => Promise<T>): Promise<T>
  /**
   * The same, but the event loop does not wait for the disk. Resolves when all is on the disk; others may
   * read it before.
   */
  transactionSyncedLater<T>(work: (trx: Writing) => Promise<T>): Promise<T>
  /** Throws `unavailable` if nothing can be stored. Never waits. */
  checkWritable(): void
  /**
   * Empties the write-ahead log, which still has the old content of pages. Returns false if a reader needs
   * it: then try again.
   */
  emptyLog(): Promise<boolean>
  close(): Promise<void>
}

export interface OpenOptions {
  onQuery?: OnQuery
  onWarning?: (sentence: string) => void
  steps?: Migration[]
  /** How long a query waits for other users and programs. */
  busyTimeoutMs?: number
  /** Replaced by tests of a slow or broken disk. */
  syncFile?: SyncFile
}

/** Short, because nothing else waits at start-up. */
const OPENING_WAIT_MS = 2000

export async function openDatabase(file: string, options: OpenOptions = {}): Promise<Database> {
  const { onWarning, steps = migrations } = options
  prepareFolder(dirname(file), onWarning)
  const lock = lockFolder(join(dirname(file), 'tally.lock'))
  try {
    const { version } = inspectFile(file, steps.length, lock.existedBefore)
    refuseStaleWal(file, lock.lastMark)
    await refuseIfInUse(file)
    const writer = openWriter(file, version, steps)
    const mark = randomUUID()
    lock.remember(writeOpenedMark(writer, mark) ? mark : null)
    const reader = openReader(file)
    return assemble(writer, reader, steps.length, lock.release, options)
  } catch (error) {
    lock.release()
    const outage = storageFailure(error)
    throw outage === null ? error : new DatabaseRefused(outage)
  }
}

function prepareFolder(folder: string, onWarning?: (sentence: string) => void): void {
  const probe = join(folder, `.write-test-${process.pid}`)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC'
    throw new DatabaseRefused(
      isFull
        ? `The disk of the data folder ${folder} is full: free some space and start again.`
        : `The data folder ${folder} cannot be written: set DATA_DIR.`,
    )
  }
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < MIN_FREE_BYTES) {
    onWarning?.(`Less than 200 MB are free for the data folder ${folder}.`)
  }
}

function openWriter(file: string, version: number, steps: Migration[]): BetterSqlite3.Database {
  // SQLite creates its other files with the permissions of this one.
  closeSync(openSync(file, 'a', 0o600))
  const sqlite = new BetterSqlite3(file, { timeout: OPENING_WAIT_MS })
  try {
    // Written to the file before the write-ahead log exists, so that a crash cannot lose it.
    if (version === 0) sqlite.pragma(`application_id = ${APPLICATION_ID}`)
    setPragmas(sqlite)
    if (version > 0 && version < steps.length) backUpBeforeMigration(sqlite, file, version)
    migrate(sqlite, version, steps)
    if (version > 0) checkSchema(sqlite, steps)
    return sqlite
  } catch (error) {
    sqlite.close()
    throw error
  }
}

function openReader(file: string): BetterSqlite3.Database {
  const sqlite = new BetterSqlite3(file, { timeout: OPENING_WAIT_MS })
  setPragmas(sqlite)
  sqlite.pragma('query_only = on')
  return sqlite
}

/** A read-only connection for another thread. */
export interface ReadingDatabase {
  kysely: Kysely<Schema>
  close(): void
}

/** Opens a database that this process already has open. */
export function openForReading(file: string): ReadingDatabase {
  const sqlite = openReader(file)
  const kysely = new Kysely<Schema>({ dialect: sqliteDialect(sqlite, { toError: asProblem }) })
  return { kysely, close: () => sqlite.close() }
}

function setPragmas(sqlite: BetterSqlite3.Database): void {
  const mode = sqlite.pragma('journal_mode = wal', { simple: true })
  if (mode !== 'wal') {
    throw new DatabaseRefused(
      `The file system of ${sqlite.name} does not support a write-ahead log: use a local disk.`,
    )
  }
  sqlite.pragma('synchronous = full')
  sqlite.pragma('foreign_keys = on')
  sqlite.pragma('trusted_schema = off')
  sqlite.pragma('cell_size_check = on')
  // What is deleted is overwritten.
  sqlite.pragma('secure_delete = on')
  // Usually the worker thread is faster (`watch-log.ts`).
  sqlite.pragma('wal_autocheckpoint = 8000')
  sqlite.pragma('journal_size_limit = 67108864')
  sqlite.pragma('temp_store = memory')
  sqlite.pragma('cache_size = -16000')
}

function assemble(
  writer: BetterSqlite3.Database,
  reader: BetterSqlite3.Database,
  version: number,
  release: () => void,
  { onQuery, busyTimeoutMs, syncFile }: OpenOptions,
): Database {
  for (const connection of [writer, reader]) connection.pragma('busy_timeout = 0')
  const logSync = new LogSync(writer.name, syncFile)
  const beforeWriting = watchFiles(writer.name)
  const damage = new Damage()
  const toError = (error: unknown): unknown => {
    const problem = asProblem(error)
    if (problem instanceof Problem && problem.code === 'database_damaged') damage.reportStructure()
    return problem
  }
  const options = { onQuery, busyTimeoutMs, toError }
  const writing = new Kysely<Schema>({
    dialect: sqliteDialect(writer, { ...options, beforeWriting }),
  })
  const reading = new Kysely<Schema>({ dialect: sqliteDialect(reader, options) })
  let closed: Promise<void> | null = null
  return {
    file: writer.name,
    damage,
    kysely: reading,
    transaction: (work) => writing.transaction().execute(work),
    transactionSyncedLater: async (work) => {
      const result = await writing.connection().execute(async (connection) => {
        writer.pragma('synchronous = normal')
        try {
          return await connection.transaction().execute(work)
        } finally {
          writer.pragma('synchronous = full')
        }
      })
      await logSync.sync().catch(() => {
        throw toError(new SyncError())
      })
      return result
    },
    checkWritable: () => {
      beforeWriting()
      // A transaction already holds the write lock.
      if (writer.inTransaction) return
      try {
        // Setting the current value still writes a page and syncs it.
        writer.pragma(`user_version = ${version}`)
      } catch (error) {
        throw toError(error)
      }
    },
    emptyLog: () => writing.connection().execute(() => Promise.resolve(emptyLog(writer))),
    close: () => (closed ??= close()),
  }

  async function close(): Promise<void> {
    await reading.destroy()
    if (reader.open) reader.close()
    // Waits for running transactions, but not for other programs.
    await writing
      .connection()
      .execute(() => Promise.resolve())
      .catch(() => {})
    await logSync.sync().catch(() => {})
    logSync.close()
    tidyUp(writer)
    await writing.destroy()
    release()
  }
}

/** Like SQLite's own error, which it does not wait for. */
class SyncError extends Error {
  readonly code = 'SQLITE_IOERR_FSYNC'
}

const Checkpoint = z.tuple([z.object({ busy: z.int() })])

function emptyLog(writer: BetterSqlite3.Database): boolean {
  const [{ busy }] = Checkpoint.parse(writer.pragma('wal_checkpoint(truncate)'))
  return busy === 0
}

function tidyUp(writer: BetterSqlite3.Database): void {
  try {
    writer.pragma('optimize')
    writer.pragma('wal_checkpoint(truncate)')
  } catch {
    // The disk is full. Nothing is lost: the next start reads the write-ahead log.
  }
}
