// A thread that reads the whole database once: SQLite's check of the file, then every checksum.
import { dirname, join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import BetterSqlite3 from 'better-sqlite3'
import { CHECKED_TABLES, isDamaged } from './checksum.ts'
import { missingFiles } from './file-copies.ts'
import type { DamagedRow } from './damage.ts'

export type Found = { structure: true } | { row: DamagedRow } | { files: string[] }

const MAX_ROWS = 1000

function check(sqlite: BetterSqlite3.Database): void {
  if (sqlite.pragma('quick_check(1)', { simple: true }) !== 'ok') report({ structure: true })
  let found = 0
  for (const { table, covered, key } of CHECKED_TABLES) {
    const columns = [...new Set([...covered, ...key, 'checksum'])].join(', ')
    const rows = sqlite.prepare(`select ${columns} from ${table} where checksum is not null`)
    for (const row of rows.iterate()) {
      const values = Object(row)
      if (!isDamaged(table, values)) continue
      const messageId = table === 'messages' ? values.id : (values.message_id ?? null)
      const name = table === 'messages' ? values.id : key.map((column) => values[column]).join('/')
      report({ row: { table, key: String(name), messageId } })
      if ((found += 1) >= MAX_ROWS) return
    }
  }
}

function report(found: Found): void {
  parentPort?.postMessage(found)
}

try {
  const sqlite = new BetterSqlite3(String(workerData), { readonly: true, timeout: 5000 })
  try {
    check(sqlite)
    report({ files: missingFiles(sqlite, join(dirname(String(workerData)), 'files')) })
  } finally {
    sqlite.close()
  }
} catch (error) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (!/^SQLITE_(CORRUPT|NOTADB)/.test(code)) throw error
  report({ structure: true })
}
