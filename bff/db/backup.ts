// Copies the database with SQLite's online backup, whether Tally runs or not: in one step, so that the
// copy is a consistent snapshot and writers are not blocked.
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { checkCopy, type CopySummary } from './check-copy.ts'
import { copyFiles, filesBeside, type FilesSummary } from './file-copies.ts'
import { migrations } from './migrate.ts'
import { DatabaseRefused, inspectFile } from './refuse.ts'

const ALL_PAGES = 0x7fff_ffff
const WAIT_MS = 10_000

/** The copy gets its name only when it is complete and checked. Attached files are in a folder beside it. */
export async function backUp(file: string, target: string): Promise<CopySummary & FilesSummary> {
  const copy = resolve(target)
  refuseTarget(file, copy)
  const partial = `${copy}.partial`
  await copyDatabase(file, partial)
  try {
    const summary = checkCopy(partial)
    const files = copyFiles(partial, join(dirname(file), 'files'), filesBeside(copy))
    moveDurably(partial, copy)
    return { ...summary, ...files }
  } catch (error) {
    removeDatabase(partial)
    throw error
  }
}

function refuseTarget(file: string, copy: string): void {
  if (!existsSync(file)) {
    throw new DatabaseRefused(`There is no database at ${file}: set DATA_DIR.`)
  }
  if (isSameFile(copy, file)) {
    throw new DatabaseRefused(`${copy} is the database itself: name another file.`)
  }
  if (!existsSync(dirname(copy))) {
    throw new DatabaseRefused(`There is no folder ${dirname(copy)}: make it first.`)
  }
  // Only an older backup may be replaced.
  if (existsSync(copy)) inspectFile(copy, migrations.length, false)
}

/** Detects the same file even behind links. */
export function isSameFile(one: string, other: string): boolean {
  const [a, b] = [one, other].map((file) => statSync(file, { throwIfNoEntry: false }))
  return a !== undefined && a.dev === b?.dev && a.ino === b.ino
}

/** `copy` is complete without a write-ahead log. */
export async function copyDatabase(file: string, copy: string): Promise<void> {
  removeDatabase(copy)
  closeSync(openSync(copy, 'wx', 0o600))
  const source = new BetterSqlite3(file, { readonly: true, timeout: WAIT_MS })
  try {
    await source.backup(copy, { progress: () => ALL_PAGES })
  } catch (error) {
    removeDatabase(copy)
    throw error
  } finally {
    source.close()
  }
}

export function removeDatabase(file: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(file + end, { force: true })
}

/** After a crash, either the whole file has the new name or nothing has changed. */
export function moveDurably(from: string, to: string): void {
  syncPath(from)
  renameSync(from, to)
  if (process.platform !== 'win32') syncPath(dirname(to))
}

function syncPath(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
