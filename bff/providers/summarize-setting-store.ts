// The share of the window above which conversations are summarized that say nothing about it themselves.
import type { Database } from '../db/open.ts'

const OWNER = 'local'

export interface SummarizeSetting {
  /** Null: none is summarized on its own. */
  current(): number | null
  choose(percent: number | null): Promise<void>
}

export async function openSummarizeSetting(db: Database): Promise<SummarizeSetting> {
  const row = await db.kysely
    .selectFrom('app_settings')
    .select('summarize_above_percent')
    .where('owner', '=', OWNER)
    .executeTakeFirst()
  let current = row?.summarize_above_percent ?? null
  return {
    current: () => current,
    choose: async (percent) => {
      const set = { summarize_above_percent: percent }
      await db.transaction(async (trx) => {
        await trx
          .insertInto('app_settings')
          .values({ owner: OWNER, ...set })
          .onConflict((conflict) => conflict.column('owner').doUpdateSet(set))
          .execute()
      })
      current = percent
    },
  }
}
