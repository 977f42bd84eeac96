// Checks that a database has everything its migrations created. Additional objects are ignored.
import BetterSqlite3 from 'better-sqlite3'
import type { Migration } from './migrate.ts'
import { DatabaseRefused } from './refuse.ts'

const NAMES = `
  select type || ' ' || name as name from sqlite_master where name not like 'sqlite!_%' escape '!'
  union all
  select 'column ' || t.name || '.' || c.name from sqlite_master t, pragma_table_info(t.name) c
  where t.type = 'table'`

const expected = new WeakMap<Migration[], string[]>()

export function checkSchema(sqlite: BetterSqlite3.Database, steps: Migration[]): void {
  const there = new Set(namesIn(sqlite))
  const missing = expectedNames(steps).find((name) => !there.has(name))
  if (missing !== undefined) {
    throw new DatabaseRefused(
      `The database ${sqlite.name} is damaged, it lacks the ${missing}: restore a backup (npm run restore).`,
    )
  }
}

function expectedNames(steps: Migration[]): string[] {
  const known = expected.get(steps)
  if (known !== undefined) return known
  const model = new BetterSqlite3(':memory:')
  for (const { sql } of steps) model.exec(sql)
  const names = namesIn(model)
  model.close()
  expected.set(steps, names)
  return names
}

function namesIn(sqlite: BetterSqlite3.Database): string[] {
  return sqlite.prepare<[], string>(NAMES).pluck().all()
}
