// Settings of the conversation as the SDK takes them. What is not set is not sent: some models
// refuse a parameter even at its default.
import type { ModelSettings } from '@openai/agents'
import type { ConversationSettings } from '#shared/api.ts'
import { outputLimit } from './output-limit.ts'
import type { ModelTarget } from './types.ts'

export function modelSettings(settings: ConversationSettings, target: ModelTarget): ModelSettings {
  const { temperature, topP, maxOutputTokens, reasoningEffort } = settings
  return {
    preserveRawUsage: true,
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(maxOutputTokens === undefined ? {} : outputLimit(maxOutputTokens, target)),
    // Sent only along with tools.
    ...(target.takesParallelTools === false ? { parallelToolCalls: false } : {}),
    ...(reasoningEffort === undefined ? {} : { reasoning: { effort: reasoningEffort } }),
  }
}
