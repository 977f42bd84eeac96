// Converts the settings of a conversation for the SDK. Unset settings are not sent, because some models refuse a
// parameter even at its default.
import type { ModelSettings } from '@openai/agents'
import type { ConversationSettings } from '#shared/api.ts'
import { outputLimit } from '../upstream/output-limit.ts'
import type { ModelTarget } from '../upstream/types.ts'

/** How far it is with the prompt, and in each piece what has been read and written so far. */
const LLAMA_CPP_REPORTS = { return_progress: true, timings_per_token: true }

export function modelSettings(settings: ConversationSettings, target: ModelTarget): ModelSettings {
  const { temperature, topP, maxOutputTokens, reasoningEffort } = settings
  const limit: ModelSettings =
    maxOutputTokens === undefined ? {} : outputLimit(maxOutputTokens, target)
  return {
    preserveRawUsage: true,
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...limit,
    ...(target.server === 'llama.cpp'
      ? { providerData: { ...limit.providerData, ...LLAMA_CPP_REPORTS } }
      : {}),
    // Sent only along with tools.
    ...(target.takesParallelTools === false ? { parallelToolCalls: false } : {}),
    ...(reasoningEffort === undefined ? {} : { reasoning: { effort: reasoningEffort } }),
  }
}
