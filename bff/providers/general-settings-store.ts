// What holds for all conversations that say nothing about it themselves, the favourite models,
// and the language.
import {
  AppSettings,
  LanguageSetting,
  MAX_FAVORITE_MODELS,
  type SetFavoriteModel,
} from '#shared/provider-settings.ts'
import type { Database } from '../db/open.ts'
import { Problem } from '../http/problem.ts'
import { createMutex } from '../jobs/mutex.ts'
import { t } from '#shared/translate.ts'

const OWNER = 'local'

type Settings = Pick<
  AppSettings,
  'summarizeAbovePercent' | 'instructions' | 'favoriteModels' | 'language'
>
type Changes = { [Name in keyof Settings]?: Settings[Name] | undefined }

export interface GeneralSettings {
  current(): Settings
  /** An omitted setting stays. */
  change(settings: Changes): Promise<void>
  setFavorite(change: SetFavoriteModel): Promise<void>
  isFavorite: (provider: string, model: string) => boolean
}

export async function openGeneralSettings(db: Database): Promise<GeneralSettings> {
  let current = await readSettings(db)
  const next = createMutex()
  const change = (changesOf: (before: Settings) => Changes) =>
    next(async () => {
      const changed = withChanges(current, changesOf(current))
      await writeSettings(db, changed)
      current = changed
    })
  return {
    current: () => current,
    change: (changes) => change(() => changes),
    setFavorite: (wanted) =>
      change(({ favoriteModels }) => ({ favoriteModels: withFavorite(favoriteModels, wanted) })),
    isFavorite: (provider, model) =>
      current.favoriteModels.some((one) => one.provider === provider && one.model === model),
  }
}

function withChanges(before: Settings, changes: Changes): Settings {
  const {
    summarizeAbovePercent = before.summarizeAbovePercent,
    instructions = before.instructions,
    favoriteModels = before.favoriteModels,
    language = before.language,
  } = changes
  return {
    summarizeAbovePercent,
    instructions: instructions?.trim() || null,
    favoriteModels,
    language,
  }
}

function withFavorite(
  models: Settings['favoriteModels'],
  { provider, model, favorite }: SetFavoriteModel,
): Settings['favoriteModels'] {
  const others = models.filter((one) => one.provider !== provider || one.model !== model)
  if (!favorite) return others
  // It keeps its place.
  if (others.length < models.length) return models
  if (models.length >= MAX_FAVORITE_MODELS) {
    throw new Problem(
      'bad_request',
      t`There are ${MAX_FAVORITE_MODELS} favourites already. Remove one first.`,
    )
  }
  return [...models, { provider, model }]
}

async function readSettings(db: Database): Promise<Settings> {
  const row = await db.kysely
    .selectFrom('app_settings')
    .select(['summarize_above_percent', 'instructions', 'favorite_models', 'language'])
    .where('owner', '=', OWNER)
    .executeTakeFirst()
  // A language that this version does not have is like none.
  const language = LanguageSetting.safeParse(row?.language)
  const favorites = AppSettings.shape.favoriteModels
  return {
    summarizeAbovePercent: row?.summarize_above_percent ?? null,
    instructions: row?.instructions ?? null,
    favoriteModels: row === undefined ? [] : favorites.parse(JSON.parse(row.favorite_models)),
    language: language.data ?? 'auto',
  }
}

async function writeSettings(db: Database, settings: Settings): Promise<void> {
  const set = {
    summarize_above_percent: settings.summarizeAbovePercent,
    instructions: settings.instructions,
    favorite_models: JSON.stringify(settings.favoriteModels),
    language: settings.language === 'auto' ? null : settings.language,
  }
  await db.transaction(async (trx) => {
    await trx
      .insertInto('app_settings')
      .values({ owner: OWNER, ...set })
      .onConflict((conflict) => conflict.column('owner').doUpdateSet(set))
      .execute()
  })
}
