// Replaces the database with a backup while no Tally runs. The backup is copied and checked first, and
// the old files are kept. A crash in between leaves no database, which the next start refuses, and never
// a database next to another one's write-ahead log.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { copyDatabase, isSameFile, moveDurably, removeDatabase } from './backup.ts'
import { checkCopy, type CopySummary } from './check-copy.ts'
import { copyFiles, filesBeside, type FilesSummary } from './file-copies.ts'
import { refuseIfInUse } from './in-use.ts'
import { lockFolder } from './lock.ts'
import { migrations } from './migrate.ts'
import { DatabaseRefused, inspectFile } from './refuse.ts'

export interface Restored extends CopySummary, FilesSummary {
  /** Where the previous database is now. Null if there was none. */
  keptAs: string | null
}

export async function restore(backup: string, file: string): Promise<Restored> {
  const source = resolve(backup)
  if (!existsSync(source)) throw new DatabaseRefused(`There is no file ${source}.`)
  const partial = `${file}.restoring`
  if (isSameFile(source, file) || isSameFile(source, partial)) {
    throw new DatabaseRefused(`${source} is no backup but a file of Tally itself: name a backup.`)
  }
  inspectFile(source, migrations.length, true)
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const lock = lockFolder(join(dirname(file), 'tally.lock'))
  try {
    await refuseIfInUse(file).catch(unlessUnreadable)
    await copyDatabase(source, partial)
    const summary = checkCopy(partial)
    const files = copyFiles(partial, filesBeside(source), join(dirname(file), 'files'))
    const keptAs = putAside(file)
    moveDurably(partial, file)
    lock.remember(null)
    return { ...summary, ...files, keptAs }
  } catch (error) {
    removeDatabase(partial)
    throw error
  } finally {
    lock.release()
  }
}

/** A database that cannot be opened may be replaced: that is the purpose of a restore. */
function unlessUnreadable(error: unknown): void {
  if (error instanceof DatabaseRefused) throw error
}

/** Moves the database first: without it, a start refuses the remaining files. */
function putAside(file: string): string | null {
  const time = new Date().toISOString().replaceAll(/[:.]/g, '-')
  const aside = `${file}.${time}.replaced`
  for (const end of ['', '-wal']) {
    if (existsSync(file + end)) renameSync(file + end, aside + end)
  }
  rmSync(`${file}-shm`, { force: true })
  return existsSync(aside) ? aside : null
}
