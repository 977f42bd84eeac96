// The schema's history. Each step runs once, in its own transaction, and `user_version` counts them. A
// released step never changes; new steps are appended.
import { readFileSync } from 'node:fs'
import type BetterSqlite3 from 'better-sqlite3'
import { DatabaseRefused } from './refuse.ts'
import { storageFailure } from './unavailable.ts'

export interface Migration {
  name: string
  sql: string
}

export const migrations: Migration[] = [
  '001-start',
  '002-corrections',
  '003-prices',
  '004-budgets',
  '005-once',
  '006-context',
  '007-checks',
  '008-providers',
  '009-usage',
  '010-tool-uses',
  '011-cache',
  '012-lookups',
  '013-recovered',
  '014-uses-by-tool',
  '015-request-id',
  '016-demo',
  '017-storage',
  '018-checksums',
  '019-windows',
  '020-fitted-context',
  '021-summaries',
  '022-waits',
  '023-rules',
  '024-files',
  '025-queue',
  '026-messages',
  '027-folders',
  '028-search',
  '029-app-settings',
  '030-imports',
  '031-steer',
  '032-default-instructions',
  '033-prompts',
  '034-imported-waits',
  '035-folder-sums',
  '036-temporary',
  '037-favorite-models',
  '038-language',
  '039-search-moves',
  '040-import-title',
].map(fromFile)

function fromFile(name: string): Migration {
  return {
    name,
    sql: readFileSync(new URL(`./migrations/${name}.sql`, import.meta.url), 'utf8'),
  }
}

export function migrate(sqlite: BetterSqlite3.Database, from: number, steps: Migration[]): void {
  for (const [index, step] of steps.entries()) {
    if (index >= from) apply(sqlite, step, index + 1)
  }
  if (from < steps.length && from > 0) checkWhole(sqlite)
}

function apply(sqlite: BetterSqlite3.Database, step: Migration, version: number): void {
  sqlite.exec('begin immediate')
  try {
    sqlite.exec(step.sql)
    const [broken] = foreignKeyCheck(sqlite)
    if (broken !== undefined) throw new Error('a row points to one that does not exist')
    sqlite.pragma(`user_version = ${version}`)
    sqlite.exec('commit')
  } catch (error) {
    if (sqlite.inTransaction) sqlite.exec('rollback')
    const outage = storageFailure(error)
    if (outage !== null) throw new DatabaseRefused(outage)
    const cause = error instanceof Error ? error.message : String(error)
    throw new DatabaseRefused(
      `The database could not be brought to "${step.name}" (${cause}): it is as it was, so start the Tally that wrote it, or restore a backup.`,
    )
  }
}

function foreignKeyCheck(sqlite: BetterSqlite3.Database): unknown[] {
  const result = sqlite.pragma('foreign_key_check')
  return Array.isArray(result) ? result : []
}

function checkWhole(sqlite: BetterSqlite3.Database): void {
  const answer = sqlite.pragma('quick_check', { simple: true })
  if (answer !== 'ok') {
    throw new DatabaseRefused(`The database is damaged (${String(answer)}): restore a backup.`)
  }
}
