// The SQL for prompts.
import { v7 as uuid } from 'uuid'
import { MAX_PROMPTS } from '#shared/limits.ts'
import type { CreatePrompt, Prompt, PromptImportReport, UpdatePrompt } from '#shared/prompts.ts'
import { OWNER } from '../conversations/conversation-store.ts'
import type { Database, Writing } from '../db/open.ts'
import { Problem } from '../http/problem.ts'
import { freeName, type ImportEntry, readEntry } from './import-entry.ts'
import { t } from '#shared/translate.ts'

const columns = [
  'id',
  'name',
  'text',
  'created_at as createdAt',
  'updated_at as updatedAt',
] as const

export function listPrompts({ kysely }: Pick<Database, 'kysely'>): Promise<Prompt[]> {
  return kysely
    .selectFrom('prompts')
    .select(columns)
    .where('owner', '=', OWNER)
    .orderBy('name')
    .execute()
}

async function readPrompt(trx: Writing, id: string): Promise<Prompt> {
  const row = await trx
    .selectFrom('prompts')
    .select(columns)
    .where('id', '=', id)
    .where('owner', '=', OWNER)
    .executeTakeFirst()
  if (row === undefined) throw new Problem('prompt_not_found')
  return row
}

/** Throws if another prompt has this name. */
async function checkName(trx: Writing, name: string, id: string | null): Promise<void> {
  const other = await trx
    .selectFrom('prompts')
    .select('id')
    .where('owner', '=', OWNER)
    .where('name', '=', name)
    .executeTakeFirst()
  if (other !== undefined && other.id !== id) {
    throw new Problem('prompt_exists', t`Another prompt has this name: choose another name.`)
  }
}

const tooMany = () => t`There can be ${MAX_PROMPTS} prompts: delete one first.`

export function insertPrompt(db: Database, made: CreatePrompt, at: string): Promise<Prompt> {
  return db.transaction(async (trx) => {
    const { count } = await trx
      .selectFrom('prompts')
      .select((of) => of.fn.countAll<number>().as('count'))
      .where('owner', '=', OWNER)
      .executeTakeFirstOrThrow()
    if (count >= MAX_PROMPTS) throw new Problem('too_many_prompts', tooMany())
    await checkName(trx, made.name, null)
    return readPrompt(trx, await insert(trx, made, at))
  })
}

async function insert(trx: Writing, { name, text }: CreatePrompt, at: string): Promise<string> {
  const id = uuid()
  await trx
    .insertInto('prompts')
    .values({ id, owner: OWNER, name, text, created_at: at, updated_at: at })
    .execute()
  return id
}

export function changePrompt(
  db: Database,
  id: string,
  { name, text }: UpdatePrompt,
  at: string,
): Promise<Prompt> {
  return db.transaction(async (trx) => {
    await readPrompt(trx, id)
    if (name !== undefined) await checkName(trx, name, id)
    await trx
      .updateTable('prompts')
      .set({
        updated_at: at,
        ...(name !== undefined && { name }),
        ...(text !== undefined && { text }),
      })
      .where('id', '=', id)
      .where('owner', '=', OWNER)
      .execute()
    return readPrompt(trx, id)
  })
}

/** Returns false if there is no such prompt. */
export function deletePrompt(db: Database, id: string): Promise<boolean> {
  return db.transaction(async (trx) => {
    const result = await trx
      .deleteFrom('prompts')
      .where('id', '=', id)
      .where('owner', '=', OWNER)
      .executeTakeFirst()
    return result.numDeletedRows > 0n
  })
}

/** Adds what is new. An entry that cannot be used is reported, and the others are added. */
export function importPrompts(
  db: Database,
  entries: readonly unknown[],
  at: string,
): Promise<PromptImportReport> {
  return db.transaction((trx) => addPrompts(trx, entries, at))
}

export async function addPrompts(
  trx: Writing,
  entries: readonly unknown[],
  at: string,
): Promise<PromptImportReport> {
  const rows = await trx
    .selectFrom('prompts')
    .select(['name', 'text'])
    .where('owner', '=', OWNER)
    .execute()
  const textOf = new Map(rows.map(({ name, text }) => [name, text]))
  const report: PromptImportReport = { added: 0, skipped: 0, renamed: [], refused: [] }
  for (const entry of entries.map(readEntry)) await add(trx, { entry, textOf, report, at })
  return report
}

interface Adding {
  entry: ImportEntry
  /** By name, of all prompts. */
  textOf: Map<string, string>
  report: PromptImportReport
  at: string
}

async function add(trx: Writing, { entry, textOf, report, at }: Adding): Promise<void> {
  const { name: from, text, reason } = entry
  if (reason !== null) return void report.refused.push({ name: from, reason })
  const to = freeName(from, text, textOf)
  if (to === null) return void (report.skipped += 1)
  if (textOf.size >= MAX_PROMPTS) return void report.refused.push({ name: from, reason: tooMany() })
  await insert(trx, { name: to, text }, at)
  textOf.set(to, text)
  report.added += 1
  if (to !== from) report.renamed.push({ from, to })
}
