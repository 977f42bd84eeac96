// Who would answer the next message of a conversation, and how much it can take in.
import type { ModelTarget } from '../upstream/types.ts'
import type { Choice } from '../conversations/routes.ts'
import type { NextModel } from './read-context.ts'
import { Problem } from '../http/problem.ts'
import type { Providers } from '../providers/providers.ts'

interface Wanted {
  provider: string | null
  model: string | null
}

export function nextModelOf(providers: Providers): (wanted: Wanted) => Promise<NextModel | null> {
  return async (wanted) => {
    try {
      const { provider, model } = await providers.resolve(wanted)
      return { provider, model, window: await providers.windowOf({ provider, model }) }
    } catch (error) {
      // The setting names what there is not any more: the person hears so when he sends.
      if (error instanceof Problem) return null
      throw error
    }
  }
}

/** Throws the problem that names what there is not. */
export async function checkModel(
  providers: Providers,
  { provider = null, model = null }: Omit<Choice, 'agent'>,
): Promise<void> {
  if (provider !== null || model !== null) await providers.resolve({ provider, model })
}

/** At the start: who answers a new conversation, where nobody set up a provider. */
export async function whoAnswers(
  providers: Providers,
  configured: unknown[],
): Promise<'configured' | ModelTarget> {
  return configured.length > 0 ? 'configured' : providers.resolve({ provider: null, model: null })
}
