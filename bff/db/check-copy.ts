// Checks a copy of a database and summarises its content.
import BetterSqlite3 from 'better-sqlite3'
import { checkSchema } from './check-schema.ts'
import { migrations } from './migrate.ts'
import { DatabaseRefused, inspectFile } from './refuse.ts'

export interface CopySummary {
  conversations: number
  messages: number
  /** The time of the newest message. Null if there is none. */
  newestAt: string | null
}

/** Throws if the copy is damaged. Removes the mark of the process that had the database open. */
export function checkCopy(copy: string): CopySummary {
  const { version } = inspectFile(copy, migrations.length, true)
  const sqlite = new BetterSqlite3(copy)
  try {
    sqlite.pragma('journal_mode = delete')
    const answer = sqlite.pragma('quick_check(1)', { simple: true })
    const broken = sqlite.pragma('foreign_key_check')
    if (answer !== 'ok' || (Array.isArray(broken) && broken.length > 0)) throw damaged(copy)
    checkSchema(sqlite, migrations.slice(0, version))
    if (version === migrations.length) sqlite.exec(`delete from storage where name = 'opened'`)
    return summaryOf(sqlite)
  } catch (error) {
    throw error instanceof DatabaseRefused ? error : damaged(copy)
  } finally {
    sqlite.close()
  }
}

function damaged(copy: string): DatabaseRefused {
  return new DatabaseRefused(`${copy} is damaged, so nothing was changed: use another backup.`)
}

function summaryOf(sqlite: BetterSqlite3.Database): CopySummary {
  const read = (sql: string): unknown => sqlite.prepare(sql).pluck().get()
  const newestAt = read('select max(created_at) from messages')
  return {
    conversations: Number(read('select count(*) from conversations where deleted_at is null')),
    messages: Number(read('select count(*) from messages')),
    newestAt: typeof newestAt === 'string' ? newestAt : null,
  }
}
