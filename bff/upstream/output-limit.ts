// The most output tokens of a request, under the name that the API wants.
import type { ModelRequest, ModelSettings } from '@openai/agents'
import type { ModelTarget } from './types.ts'
import { isOpenAi } from './upstream-model.ts'

/** OpenAI's reasoning models refuse `max_tokens`, and other Chat servers know nothing else. */
export function outputLimit(maxTokens: number, target: ModelTarget): ModelSettings {
  return target.api === 'chat_completions' && isOpenAi(target)
    ? { providerData: { max_completion_tokens: maxTokens } }
    : { maxTokens }
}

/** Null if none is sent. */
export function outputLimitOf({ modelSettings }: ModelRequest): number | null {
  const named: unknown = modelSettings.providerData?.['max_completion_tokens']
  return modelSettings.maxTokens ?? (typeof named === 'number' ? named : null)
}

export function withOutputLimit(
  request: ModelRequest,
  maxTokens: number | null,
  target: ModelTarget,
): ModelRequest {
  if (maxTokens === null || maxTokens === outputLimitOf(request)) return request
  const { modelSettings } = request
  const { providerData, ...limit } = outputLimit(maxTokens, target)
  const data = { ...modelSettings.providerData, ...providerData }
  return { ...request, modelSettings: { ...modelSettings, ...limit, providerData: data } }
}
