// Detects that another process has the database open, even if its lock file was removed: with a
// write-ahead log, SQLite holds a shared lock on the database itself while it is open.
import { existsSync, statSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import BetterSqlite3 from 'better-sqlite3'
import { isBusy } from './busy.ts'
import { DatabaseRefused } from './refuse.ts'

/** Long enough for a running backup or a Tally that is shutting down. */
const MAX_WAIT_MS = 2000
const PAUSE_MS = 50

export async function refuseIfInUse(file: string): Promise<void> {
  if (!existsSync(file) || statSync(file).size === 0) return
  const deadline = performance.now() + MAX_WAIT_MS
  while (isInUse(file)) {
    if (performance.now() > deadline) {
      throw new DatabaseRefused(
        `Another program has the database ${file} open, perhaps another Tally: stop it and start again.`,
      )
    }
    await wait(PAUSE_MS)
  }
}

function isInUse(file: string): boolean {
  const sqlite = new BetterSqlite3(file, { timeout: 0 })
  try {
    sqlite.pragma('locking_mode = exclusive')
    sqlite.exec('begin exclusive; commit')
    return false
  } catch (error) {
    if (isBusy(error)) return true
    throw error
  } finally {
    sqlite.close()
  }
}
