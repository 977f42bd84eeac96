// Allows one process per data folder, with an exclusive lock on a second, tiny SQLite file: the operating
// system releases it even after a kill -9, so it is never stale. The file also remembers what an empty
// folder cannot tell: that a database was created here, and the mark of its last opening.
import { existsSync, statSync } from 'node:fs'
import BetterSqlite3 from 'better-sqlite3'
import { DatabaseRefused } from './refuse.ts'
import { storageFailure } from './unavailable.ts'

export interface FolderLock {
  /** True if a database was created in this folder before. */
  existedBefore: boolean
  /** The mark that the last process wrote into the database. Null if not known. */
  lastMark: string | null
  remember: (mark: string | null) => void
  release: () => void
}

export function lockFolder(file: string): FolderLock {
  const existedBefore = existsSync(file) && statSync(file).size > 0
  let sqlite: BetterSqlite3.Database | null = null
  try {
    sqlite = new BetterSqlite3(file, { timeout: 0 })
    return open(sqlite, existedBefore)
  } catch (error) {
    sqlite?.close()
    throw refusal(file, error)
  }
}

function open(sqlite: BetterSqlite3.Database, existedBefore: boolean): FolderLock {
  // In this mode the lock of the first transaction is held until the file is closed.
  sqlite.pragma('locking_mode = exclusive')
  sqlite.pragma('journal_mode = memory')
  sqlite.exec('begin exclusive; commit')
  const has = (table: string) =>
    sqlite.prepare('select 1 from sqlite_master where name = ?').get(table) !== undefined
  const lastMark = has('opened') ? sqlite.prepare('select mark from opened').pluck().get() : null
  return {
    existedBefore,
    lastMark: typeof lastMark === 'string' ? lastMark : null,
    remember: (mark) => {
      sqlite.exec(`
        create table if not exists a_database_was_made_here (x);
        create table if not exists opened (mark text)`)
      sqlite.transaction(() => {
        sqlite.exec('delete from opened')
        sqlite.prepare('insert into opened values (?)').run(mark)
      })()
    },
    release: () => {
      sqlite.close()
    },
  }
}

function refusal(file: string, error: unknown): DatabaseRefused {
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')) {
    return new DatabaseRefused(
      `Another Tally is running with this data folder (${file} is locked): stop it, or set DATA_DIR.`,
    )
  }
  const outage = storageFailure(error)
  const isFile = existsSync(file) && statSync(file).isFile()
  if (outage !== null && !isFile) {
    return new DatabaseRefused(`${file} must be a file: move what is there away and start again.`)
  }
  return new DatabaseRefused(
    outage === null || outage.includes('damaged')
      ? `The lock file ${file} cannot be used: delete it and start again.`
      : outage,
  )
}
