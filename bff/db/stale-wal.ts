// Detects a write-ahead log that belongs to another database, such as one that a copy replaced. SQLite
// would apply it anyway and damage the database. So each start writes a mark into the database and
// remembers it outside; a database with a leftover log must have this mark without the log.
import { closeSync, linkSync, openSync, readSync, rmSync, statSync } from 'node:fs'
import BetterSqlite3 from 'better-sqlite3'
import { DatabaseRefused } from './refuse.ts'

const HEADER_BYTES = 32
/** The last bit tells the byte order of the checksums. */
const MAGIC = 0x377f0682

export function refuseStaleWal(file: string, lastMark: string | null): void {
  const wal = `${file}-wal`
  const header = headerOf(wal)
  // The log is empty, or a crash left no header.
  if (header === null || header.every((byte) => byte === 0)) return
  if ((header.readUInt32BE(0) & ~1) !== MAGIC) {
    throw new DatabaseRefused(
      `${wal} is damaged: restore a backup (npm run restore), or move it away to lose the newest changes.`,
    )
  }
  if (lastMark === null) return
  const mark = markWithoutWal(file)
  if (mark !== undefined && mark !== lastMark) {
    throw new DatabaseRefused(
      `${wal} does not belong to ${file}, which was replaced: move ${wal} and ${file}-shm away, and replace a database with npm run restore only.`,
    )
  }
}

function headerOf(wal: string): Buffer | null {
  if ((statSync(wal, { throwIfNoEntry: false })?.size ?? 0) < HEADER_BYTES) return null
  const header = Buffer.alloc(HEADER_BYTES)
  const descriptor = openSync(wal, 'r')
  try {
    readSync(descriptor, header, 0, HEADER_BYTES, 0)
    return header
  } finally {
    closeSync(descriptor)
  }
}

/** Links the file under a name without a log. Undefined if the file system does not support links. */
function markWithoutWal(file: string): string | null | undefined {
  const link = `${file}.without-wal`
  const remove = () => ['', '-wal', '-shm'].forEach((end) => rmSync(link + end, { force: true }))
  try {
    remove()
    linkSync(file, link)
  } catch {
    return undefined
  }
  try {
    const sqlite = new BetterSqlite3(link, { readonly: true })
    try {
      return readMark(sqlite)
    } finally {
      sqlite.close()
    }
  } catch {
    return null
  } finally {
    remove()
  }
}

function readMark(sqlite: BetterSqlite3.Database): string | null {
  const mark = sqlite.prepare(`select value from storage where name = 'opened'`).pluck().get()
  return typeof mark === 'string' ? mark : null
}

/** Returns true if the mark is in the database itself, not only in its log. */
export function writeOpenedMark(sqlite: BetterSqlite3.Database, mark: string): boolean {
  const table = sqlite.prepare(`select 1 from sqlite_master where name = 'storage'`).get()
  if (table === undefined) return false
  sqlite.prepare(`insert or replace into storage (name, value) values ('opened', ?)`).run(mark)
  const [result] = Object.values(Object(sqlite.pragma('wal_checkpoint(truncate)')))
  return Object(result).busy === 0
}
