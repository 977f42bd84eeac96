// The SQL for providers that the user added, and for the default model.
import * as z from 'zod/mini'
import type { ApiKind } from '#shared/api.ts'
import type { DefaultModel } from '#shared/provider-settings.ts'
import type { Database } from '../db/open.ts'

const OWNER = 'local'

export interface StoredProvider {
  id: string
  /** Never changes: conversations and the ledger refer to it. */
  name: string
  baseUrl: string
  api: ApiKind
  defaultModel: string | null
  models: string[]
  modelPatterns: string[]
  maxRetries: number
}

const Names = z.array(z.string())

/** In the order in which they were added. */
export async function readProviders(db: Database): Promise<StoredProvider[]> {
  const rows = await db.kysely
    .selectFrom('providers')
    .selectAll()
    .where('owner', '=', OWNER)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    baseUrl: row.base_url,
    api: row.api,
    defaultModel: row.default_model,
    models: Names.parse(JSON.parse(row.models)),
    modelPatterns: Names.parse(JSON.parse(row.model_patterns)),
    maxRetries: row.max_retries,
  }))
}

export async function insertProvider(
  db: Database,
  provider: StoredProvider,
  at: Date,
): Promise<void> {
  const { id, name } = provider
  const created = { id, owner: OWNER, name, created_at: at.toISOString() }
  await db.transaction(async (trx) => {
    await trx
      .insertInto('providers')
      .values({ ...created, ...columnsOf(provider) })
      .execute()
  })
}

export async function updateProvider(db: Database, provider: StoredProvider): Promise<void> {
  await db.transaction(async (trx) => {
    await trx
      .updateTable('providers')
      .set(columnsOf(provider))
      .where('id', '=', provider.id)
      .where('owner', '=', OWNER)
      .execute()
  })
}

/** Keeps its ledger rows and conversations. Clears the default model if it was of this provider. */
export async function deleteProvider(
  db: Database,
  { id, name }: Pick<StoredProvider, 'id' | 'name'>,
): Promise<void> {
  await db.transaction(async (trx) => {
    await trx.deleteFrom('providers').where('id', '=', id).where('owner', '=', OWNER).execute()
    await trx
      .deleteFrom('default_models')
      .where('owner', '=', OWNER)
      .where('provider', '=', name)
      .execute()
  })
}

export async function readDefaultModel(db: Database): Promise<DefaultModel | null> {
  const row = await db.kysely
    .selectFrom('default_models')
    .select(['provider', 'model'])
    .where('owner', '=', OWNER)
    .executeTakeFirst()
  return row ?? null
}

export async function writeDefaultModel(db: Database, chosen: DefaultModel | null): Promise<void> {
  await db.transaction(async (trx) => {
    await trx.deleteFrom('default_models').where('owner', '=', OWNER).execute()
    if (chosen === null) return
    await trx
      .insertInto('default_models')
      .values({ owner: OWNER, ...chosen })
      .execute()
  })
}

function columnsOf(provider: StoredProvider) {
  const { baseUrl, api, defaultModel, models, modelPatterns, maxRetries } = provider
  return {
    base_url: baseUrl,
    api,
    default_model: defaultModel,
    models: JSON.stringify(models),
    model_patterns: JSON.stringify(modelPatterns),
    max_retries: maxRetries,
  }
}
