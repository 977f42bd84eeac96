// The attached files of a database and of its backups, in a folder beside each.
import { constants, copyFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'

export interface FilesSummary {
  files: number
  /** The names of files that are not there, or not whole. */
  missing: string[]
}

interface FileRow {
  hash: string
  name: string
  size: number
}

/** Where the files of a backup are. */
export const filesBeside = (backup: string) => `${backup}.files`

/** Copies the files that the database `db` names, each once. Those that are there already stay. */
export function copyFiles(db: string, from: string, to: string): FilesSummary {
  const missing: string[] = []
  const rows = filesIn(db)
  if (rows.length > 0) mkdirSync(to, { recursive: true, mode: 0o700 })
  for (const row of rows) {
    if (!isWhole(to, row) && !copyFile(row, from, to)) missing.push(row.name)
  }
  return { files: rows.length - missing.length, missing }
}

/** Returns the names of files whose bytes are not in `folder`. */
export function missingFiles(sqlite: BetterSqlite3.Database, folder: string): string[] {
  return rowsOf(sqlite)
    .filter((row) => !isWhole(folder, row))
    .map(({ name }) => name)
}

function filesIn(db: string): FileRow[] {
  const sqlite = new BetterSqlite3(db, { readonly: true })
  try {
    return rowsOf(sqlite)
  } finally {
    sqlite.close()
  }
}

/** An older backup has none. */
function rowsOf(sqlite: BetterSqlite3.Database): FileRow[] {
  const table = sqlite.prepare(`select 1 from sqlite_schema where name = 'files'`).get()
  if (table === undefined) return []
  return sqlite
    .prepare<[], FileRow>('select hash, min(name) as name, size from files group by hash')
    .all()
}

function isWhole(folder: string, { hash, size }: FileRow): boolean {
  return statSync(join(folder, hash), { throwIfNoEntry: false })?.size === size
}

/** It gets its name only when it is complete. */
function copyFile(row: FileRow, from: string, to: string): boolean {
  const partial = join(to, `${row.hash}.part`)
  if (!isWhole(from, row)) return false
  copyFileSync(join(from, row.hash), partial, constants.COPYFILE_FICLONE)
  try {
    renameSync(partial, join(to, row.hash))
  } finally {
    rmSync(partial, { force: true })
  }
  return true
}
