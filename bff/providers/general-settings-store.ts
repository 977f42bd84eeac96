// What holds for all conversations that say nothing about it themselves.
import type { AppSettings } from '#shared/provider-settings.ts'
import type { Database } from '../db/open.ts'

const OWNER = 'local'

type Settings = Pick<AppSettings, 'summarizeAbovePercent' | 'instructions'>

export interface GeneralSettings {
  current(): Settings
  /** An omitted setting stays. */
  change(settings: { [Name in keyof Settings]?: Settings[Name] | undefined }): Promise<void>
}

export async function openGeneralSettings(db: Database): Promise<GeneralSettings> {
  const row = await db.kysely
    .selectFrom('app_settings')
    .select(['summarize_above_percent', 'instructions'])
    .where('owner', '=', OWNER)
    .executeTakeFirst()
  let current: Settings = {
    summarizeAbovePercent: row?.summarize_above_percent ?? null,
    instructions: row?.instructions ?? null,
  }
  return {
    current: () => current,
    change: async ({
      summarizeAbovePercent = current.summarizeAbovePercent,
      instructions = current.instructions,
    }) => {
      const next = { summarizeAbovePercent, instructions: instructions?.trim() || null }
      const set = {
        summarize_above_percent: next.summarizeAbovePercent,
        instructions: next.instructions,
      }
      await db.transaction(async (trx) => {
        await trx
          .insertInto('app_settings')
          .values({ owner: OWNER, ...set })
          .onConflict((conflict) => conflict.column('owner').doUpdateSet(set))
          .execute()
      })
      current = next
    },
  }
}
