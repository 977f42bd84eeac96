// Which model would answer the next message of a conversation, and its context window.
import type { ModelTarget } from '../upstream/types.ts'
import type { Choice } from '../conversations/folder-routes.ts'
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
      // The configured provider or model no longer exists. The user learns so when sending.
      if (error instanceof Problem) return null
      throw error
    }
  }
}

/** Throws a problem that names the missing provider or model. */
export async function checkModel(
  providers: Providers,
  { provider = null, model = null }: Omit<Choice, 'agent'>,
): Promise<void> {
  if (provider !== null || model !== null) await providers.resolve({ provider, model })
}

/** At start-up: returns what answers a new conversation if no provider is configured. */
export async function whoAnswers(
  providers: Providers,
  configured: unknown[],
): Promise<'configured' | ModelTarget> {
  return configured.length > 0 ? 'configured' : providers.resolve({ provider: null, model: null })
}
