// The context windows that the user entered, with their SQL. Kept in memory for every request.
import type { Database } from '../db/open.ts'

const OWNER = 'local'

export interface GivenWindows {
  of: (provider: string, model: string) => number | null
  /** Null restores the server's value. */
  set: (provider: string, model: string, tokens: number | null) => Promise<void>
}

export async function openGivenWindows(db: Database): Promise<GivenWindows> {
  const rows = await db.kysely
    .selectFrom('context_windows')
    .selectAll()
    .where('owner', '=', OWNER)
    .execute()
  const given = new Map(rows.map(({ provider, model, tokens }) => [keyOf(provider, model), tokens]))
  return {
    of: (provider, model) => given.get(keyOf(provider, model)) ?? null,
    set: async (provider, model, tokens) => {
      await db.transaction(async (trx) => {
        await trx
          .deleteFrom('context_windows')
          .where('owner', '=', OWNER)
          .where('provider', '=', provider)
          .where('model', '=', model)
          .execute()
        if (tokens === null) return
        const row = { owner: OWNER, provider, model, tokens }
        await trx.insertInto('context_windows').values(row).execute()
      })
      if (tokens === null) given.delete(keyOf(provider, model))
      else given.set(keyOf(provider, model), tokens)
    },
  }
}

function keyOf(provider: string, model: string): string {
  return JSON.stringify([provider, model])
}
