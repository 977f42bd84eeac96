// The database for a program that only reads, beside a running Tally or without one.
import { existsSync } from 'node:fs'
import BetterSqlite3 from 'better-sqlite3'
import { Kysely } from 'kysely'
import { Damage } from './damage.ts'
import { sqliteDialect } from './dialect.ts'
import { migrations } from './migrate.ts'
import type { Database } from './open.ts'
import { DatabaseRefused, inspectFile } from './refuse.ts'
import type { Schema } from './schema.ts'
import { asProblem } from './unavailable.ts'

const WAIT_MS = 10_000

export function openReadOnly(file: string): Database {
  if (!existsSync(file)) {
    throw new DatabaseRefused(`There is no database at ${file}: set DATA_DIR.`)
  }
  const { version } = inspectFile(file, migrations.length, true)
  if (version < migrations.length) {
    throw new DatabaseRefused(`The database ${file} is of an older Tally: start this one once.`)
  }
  const sqlite = new BetterSqlite3(file, { readonly: true, timeout: WAIT_MS })
  const kysely = new Kysely<Schema>({ dialect: sqliteDialect(sqlite, { toError: asProblem }) })
  const refuse = () => {
    throw new Error('The database is open for reading only.')
  }
  return {
    file,
    damage: new Damage(),
    kysely,
    transaction: async () => refuse(),
    transactionSyncedLater: async () => refuse(),
    checkWritable: refuse,
    emptyLog: async () => refuse(),
    close: async () => {
      await kysely.destroy()
      if (sqlite.open) sqlite.close()
    },
  }
}
