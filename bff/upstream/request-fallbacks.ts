// What some servers and models cannot take, by the words in which they refuse it, and the request
// without it. A refused request cost nothing, so it is asked again at once, and what was learned
// about a model is kept while Tally runs.
import type { AgentInputItem, ModelRequest } from '@openai/agents'
import { t } from '#shared/translate.ts'
import { entriesOf } from './request-text.ts'
import { takesImages } from './takes-images.ts'
import { type FileWay, hasResultFiles } from './tool-files.ts'
import type { ModelTarget } from './types.ts'

export type RequestFallback = keyof typeof FALLBACKS

interface FallbackRule {
  refusal: RegExp
  /** Says what the model cannot take, and how it is asked again. */
  words: (model: string) => string
  apply(request: ModelRequest): ModelRequest
}

const FALLBACKS = {
  parallel_tools: {
    refusal: /parallel_tool_calls/i,
    words: (model) =>
      t`${model} cannot be asked for one tool call at a time, so it is asked again without that.`,
    apply: withoutParallelTools,
  },
  tools: {
    refusal:
      /(does|do) not support (tools|function|tool)|tools? (is|are) not supported|tool choice requires|tools param requires|tool use is not supported|no endpoints found that support tool/i,
    words: (model) => t`${model} cannot use tools, so it is asked again without them.`,
    apply: withoutTools,
  },
  stream: {
    refusal: /cannot use tools with stream/i,
    words: (model) =>
      t`${model} cannot stream an answer that may use tools, so it is asked again for a whole one.`,
    apply: (request) => request,
  },
  stream_options: {
    refusal: /stream_options/i,
    words: (model) =>
      t`${model} does not know how to report usage while streaming, so it is asked again without that.`,
    apply: (request) => withProviderData(request, { stream_options: undefined }),
  },
  less_output: {
    refusal:
      /max_(completion_|output_)?tokens['"`]?.{0,60}(too (large|big)|at most|exceed|less than or equal|greater than|out of range|valid range)/i,
    words: (model) =>
      t`${model} takes no output limit as high, so it is asked again with a lower one.`,
    apply: lowerLimit,
  },
  max_tokens: {
    refusal: /max_completion_tokens/i,
    words: (model) =>
      t`${model} wants the output limit under another name, so it is asked again with that.`,
    apply: renameLimit,
  },
  stored_reasoning: {
    refusal: /items are not persisted|item with id .{1,80} not found/i,
    words: (model) => t`${model} does not keep its reasoning, so it is asked again without it.`,
    apply: (request) => ({ ...request, input: withoutStoredItems(request.input) }),
  },
  result_files: {
    refusal: /function_call_output\b.{0,200}\bstring|\.output\b.{0,80}\bstring/is,
    words: (model) =>
      t`${model} does not take the files of tools, so it is asked again with their names.`,
    // They are left out before, where the way of each API is known.
    apply: (request) => request,
  },
} satisfies Record<string, FallbackRule>

const ALL: Record<RequestFallback, FallbackRule> = FALLBACKS

/** Returns null if Tally can leave nothing out. */
export function fallbackFor(message: string): RequestFallback | null {
  return names().find((name) => ALL[name].refusal.test(message)) ?? null
}

export function formatFallback(fallback: RequestFallback, model: string): string {
  return ALL[fallback].words(model)
}

/** Where files of tools were refused, the files that a person attached may not have been. */
export function fallbackForFiles(code: string, request: ModelRequest): RequestFallback | null {
  return code === 'files_refused' && entriesOf(request).some(hasResultFiles) ? 'result_files' : null
}

/** How the files of tool results are sent to a model. */
export function fileWay(
  target: Pick<ModelTarget, 'kind' | 'model' | 'api'>,
  fallbacks: ReadonlySet<RequestFallback>,
): FileWay {
  if (takesImages(target) === false || fallbacks.has('result_files')) return 'words'
  return target.api === 'responses' ? 'result' : 'next'
}

/** Some servers cannot stream an answer that may use tools: it is asked for in one piece. */
export function canStream(
  { tools, handoffs }: ModelRequest,
  fallbacks: Set<RequestFallback>,
): boolean {
  return !fallbacks.has('stream') || tools.length + handoffs.length === 0
}

export function withFallbacks(
  request: ModelRequest,
  fallbacks: Set<RequestFallback>,
): ModelRequest {
  return [...fallbacks].reduce((adapted, name) => ALL[name].apply(adapted), request)
}

function names(): RequestFallback[] {
  return [
    'parallel_tools',
    'tools',
    'stream',
    'stream_options',
    'less_output',
    'max_tokens',
    'stored_reasoning',
    'result_files',
  ]
}

function withProviderData(request: ModelRequest, data: Record<string, unknown>): ModelRequest {
  const { modelSettings } = request
  const providerData = { ...modelSettings.providerData, ...data }
  return { ...request, modelSettings: { ...modelSettings, providerData } }
}

function withoutTools(request: ModelRequest): ModelRequest {
  const { toolChoice: _, ...modelSettings } = request.modelSettings
  return { ...request, modelSettings, tools: [], handoffs: [] }
}

function withoutParallelTools(request: ModelRequest): ModelRequest {
  const { parallelToolCalls: _, ...modelSettings } = request.modelSettings
  return { ...request, modelSettings }
}

function renameLimit(request: ModelRequest): ModelRequest {
  const { maxTokens, ...modelSettings } = request.modelSettings
  if (maxTokens === undefined) return request
  return withProviderData({ ...request, modelSettings }, { max_completion_tokens: maxTokens })
}

/** As much as the models with the least can write. */
const LOW_LIMIT = 2048

function lowerLimit(request: ModelRequest): ModelRequest {
  const { modelSettings } = request
  const { maxTokens, providerData } = modelSettings
  const named: unknown = providerData?.['max_completion_tokens']
  if (typeof named === 'number') {
    return withProviderData(request, { max_completion_tokens: Math.min(named, LOW_LIMIT) })
  }
  if (maxTokens === undefined) return request
  return {
    ...request,
    modelSettings: { ...modelSettings, maxTokens: Math.min(maxTokens, LOW_LIMIT) },
  }
}

function withoutStoredItems(input: ModelRequest['input']): ModelRequest['input'] {
  if (typeof input === 'string') return input
  return input.filter((item) => item.type !== 'reasoning').map(withoutId)
}

function withoutId(item: AgentInputItem): AgentInputItem {
  if (item.type !== 'function_call' && item.type !== 'message') return item
  const { id: _, ...rest } = item
  return rest
}
