// One process per data folder. The lock is an exclusive lock on a second, tiny SQLite file: the
// operating system frees it even after a kill -9, so there is never a stale one to clear.
import { existsSync, statSync } from 'node:fs'
import BetterSqlite3 from 'better-sqlite3'
import { DatabaseRefused } from './refuse.ts'

export interface FolderLock {
  /** A database was made in this folder before; remembered in the lock file itself. */
  existedBefore: boolean
  remember: () => void
  release: () => void
}

export function lockFolder(file: string): FolderLock {
  const existedBefore = existsSync(file) && statSync(file).size > 0
  const sqlite = new BetterSqlite3(file, { timeout: 0 })
  try {
    // In this mode the lock of the first transaction is kept until the file is closed.
    sqlite.pragma('locking_mode = exclusive')
    sqlite.pragma('journal_mode = memory')
    sqlite.exec('begin exclusive; commit')
  } catch (error) {
    sqlite.close()
    if (isLocked(error)) {
      throw new DatabaseRefused(
        `Another Tally is running with this data folder (${file} is locked): stop it, or set DATA_DIR.`,
      )
    }
    throw new DatabaseRefused(`The lock file ${file} cannot be used: delete it and start again.`)
  }
  return {
    existedBefore,
    remember: () => {
      if (!existedBefore) sqlite.exec('create table a_database_was_made_here (x)')
    },
    release: () => {
      sqlite.close()
    },
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
}
