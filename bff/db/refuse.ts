// Finds out what is wrong with a database file by reading it, never by writing to it.
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'

/** "tlly", at byte 68 of the file. */
export const APPLICATION_ID = 0x746c6c79

/** The file cannot be used. The message is one sentence for the operator. */
export class DatabaseRefused extends Error {}

export interface KnownFile {
  /** 0 if there is no database yet. */
  version: number
}

/** `existedBefore` is true if a database was created in this folder before. */
export function inspectFile(file: string, newest: number, existedBefore: boolean): KnownFile {
  if (existsSync(file) && !statSync(file).isFile()) {
    throw new DatabaseRefused(`${file} is not a database: move it away or set DATA_DIR.`)
  }
  if (sizeOf(file) === 0) {
    if (sizeOf(`${file}-wal`) === 0 && !existedBefore) return { version: 0 }
    const isGone = !existsSync(file) && sizeOf(`${file}-wal`) === 0
    const state = isGone ? 'missing' : 'empty'
    throw new DatabaseRefused(
      `The database ${file} is ${state} although it held data before: put it back or restore a backup (npm run restore), or move everything in ${dirname(file)} away to start anew.`,
    )
  }
  const header = readHeader(file)
  if (header.toString('latin1', 0, 15) !== 'SQLite format 3' || header.length < 100) {
    throw new DatabaseRefused(`${file} is not a database: move it away or set DATA_DIR.`)
  }
  if (header.readUInt32BE(68) !== APPLICATION_ID) {
    throw new DatabaseRefused(
      `The database ${file} belongs to another program: move it away or set DATA_DIR.`,
    )
  }
  const version = Math.max(header.readUInt32BE(60), versionWithWal(file))
  if (version > newest) {
    throw new DatabaseRefused(
      `The database ${file} was written by a newer Tally (schema ${version}, this one knows ${newest}): start that one, or restore a backup.`,
    )
  }
  return { version }
}

function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0
}

function readHeader(file: string): Buffer {
  const header = Buffer.alloc(100)
  const descriptor = openSync(file, 'r')
  try {
    return header.subarray(0, readSync(descriptor, header, 0, 100, 0))
  } finally {
    closeSync(descriptor)
  }
}

/** After a crash the newest version may only be in the write-ahead log. */
function versionWithWal(file: string): number {
  if (sizeOf(`${file}-wal`) === 0) return 0
  const sqlite = new BetterSqlite3(file, { readonly: true })
  try {
    return Number(sqlite.pragma('user_version', { simple: true }))
  } catch {
    throw new DatabaseRefused(`The database ${file} is damaged: restore it from a backup.`)
  } finally {
    sqlite.close()
  }
}
