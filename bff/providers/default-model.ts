// The default model of new conversations. One from the environment takes precedence and cannot be
// changed here.
import type { AppSettings, DefaultModel, GivenDefault } from '#shared/provider-settings.ts'
import type { Database } from '../db/open.ts'
import { Problem } from '../http/problem.ts'
import { readDefaultModel, writeDefaultModel } from './provider-store.ts'
import { t } from '#shared/translate.ts'

export interface DefaultModelSetting {
  current(): DefaultModel | null
  describe(): Pick<AppSettings, 'defaultModel' | 'defaultModelSetBy'>
  choose(chosen: DefaultModel | null): Promise<void>
  /** Call when a provider was removed, to drop the choice of its model. */
  forget(provider: string): void
}

export async function openDefaultModel(
  db: Database,
  given: GivenDefault | null,
): Promise<DefaultModelSetting> {
  let chosen = await readDefaultModel(db)
  return {
    current: () => given ?? chosen,
    describe: () => {
      if (given === null) return { defaultModel: chosen, defaultModelSetBy: null }
      const { setBy, provider, model } = given
      return { defaultModel: { provider, model }, defaultModelSetBy: setBy }
    },
    choose: async (next) => {
      if (given !== null) {
        throw new Problem(
          'provider_fixed',
          t`${given.setBy} in the environment sets the default model: change it there.`,
        )
      }
      await writeDefaultModel(db, next)
      chosen = next
    },
    forget: (provider) => {
      if (chosen?.provider === provider) chosen = null
    },
  }
}
