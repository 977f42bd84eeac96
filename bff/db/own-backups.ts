// Copies an older database before it is migrated.
import { closeSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'

const MAX_KEPT = 3
const PARTIAL = '.partial'

/** The copy gets its name only when it is complete. */
export function backUpBeforeMigration(
  sqlite: BetterSqlite3.Database,
  file: string,
  version: number,
): void {
  const time = new Date().toISOString().replaceAll(/[:.]/g, '-')
  const copy = `${file}.v${version}.${time}.backup`
  for (const left of backupsOf(file, PARTIAL)) rmSync(left, { force: true })
  // SQLite accepts an empty file and keeps its permissions.
  closeSync(openSync(copy + PARTIAL, 'wx', 0o600))
  try {
    sqlite.prepare('vacuum into ?').run(copy + PARTIAL)
    renameSync(copy + PARTIAL, copy)
  } catch (error) {
    rmSync(copy + PARTIAL, { force: true })
    throw error
  }
  for (const old of backupsOf(file).slice(0, -MAX_KEPT)) rmSync(old, { force: true })
}

/** Oldest first: the name contains the time. */
function backupsOf(file: string, end = ''): string[] {
  const timeOf = (name: string) => /\.v\d+\.(.+)\.backup/.exec(name)?.[1] ?? ''
  return readdirSync(dirname(file))
    .filter((name) => name.startsWith(`${basename(file)}.v`) && name.endsWith(`.backup${end}`))
    .toSorted((one, other) => timeOf(one).localeCompare(timeOf(other)))
    .map((name) => join(dirname(file), name))
}
