// How each kind of server counts. The field names are the same, but their meaning differs: cached
// tokens inside or outside of input, reasoning inside or outside of output. A dialect lists the layouts
// its server is known to use, the documented one first; the server's `total_tokens` decides between
// them (see read-usage.ts).
import type { RawUsage } from './raw-usage.ts'

export interface Layout {
  cache: 'inside' | 'outside'
  /**
   * How reasoning is counted. `apart`: outside of output but inside of the total. `uncounted`:
   * outside of both. `surplus`: only visible as the difference between the total and the parts.
   */
  reasoning: 'inside' | 'apart' | 'uncounted' | 'surplus'
}

/** The counts as the server reports them, before their layout is known. */
export interface Parts {
  input: number | null
  cached: number | null
  cacheWrite: number | null
  longCacheWrite: number | null
  output: number | null
  reasoning: number | null
  audioInput: number | null
  audioOutput: number | null
  citations: number | null
  webSearches: number | null
  total: number | null
}

export interface Dialect {
  name: string
  /** `provider` is the id of the address's price list. Null for an unknown address. */
  speaks: (usage: RawUsage, provider: string | null) => boolean
  parts: (usage: RawUsage) => Parts
  layouts: [Layout, ...Layout[]]
}

const INSIDE: Layout = { cache: 'inside', reasoning: 'inside' }
const REASONING_APART: Layout = { cache: 'inside', reasoning: 'apart' }
const REASONING_UNCOUNTED: Layout = { cache: 'inside', reasoning: 'uncounted' }
const REASONING_SURPLUS: Layout = { cache: 'inside', reasoning: 'surplus' }
const CACHE_OUTSIDE: Layout = { cache: 'outside', reasoning: 'inside' }

/** The first match wins. The last one matches every server. */
export const DIALECTS: [Dialect, ...Dialect[]] = [
  {
    // OpenRouter's answer to a later usage lookup.
    name: 'openrouter generation',
    speaks: isGeneration,
    parts: (usage) => ({
      ...nothing,
      input: usage.native_tokens_prompt,
      cached: usage.native_tokens_cached,
      output: usage.native_tokens_completion,
      reasoning: usage.native_tokens_reasoning,
    }),
    layouts: [INSIDE],
  },
  {
    // Anthropic's own format, which gateways pass on: `input_tokens` is only the fresh part.
    name: 'anthropic',
    speaks: (usage) => usage.input_tokens !== null && hasAnthropicCache(usage),
    parts: (usage) => ({
      ...responsesParts(usage),
      ...anthropicCache(usage),
      webSearches: usage.server_tool_use.web_search_requests,
    }),
    layouts: [CACHE_OUTSIDE],
  },
  {
    // LiteLLM in front of Anthropic sends both sets of fields. Cache is inside of `prompt_tokens`
    // today; older versions left it outside.
    name: 'anthropic over chat',
    speaks: hasAnthropicCache,
    parts: (usage) => ({ ...chatParts(usage), ...anthropicCache(usage) }),
    layouts: [INSIDE, CACHE_OUTSIDE],
  },
  {
    // Hits and misses add up to `prompt_tokens`.
    name: 'deepseek',
    speaks: (usage) => usage.prompt_cache_hit_tokens !== null,
    parts: (usage) => ({ ...chatParts(usage), cached: usage.prompt_cache_hit_tokens }),
    layouts: [INSIDE],
  },
  {
    // `completion_tokens` is only the visible answer; `reasoning_tokens` is billed in addition.
    name: 'xai',
    speaks: (usage, provider) =>
      usage.prompt_tokens !== null &&
      (provider === 'x-ai' || usage.num_sources_used !== null || usage.cost_in_usd_ticks !== null),
    parts: chatParts,
    layouts: [REASONING_APART, INSIDE],
  },
  {
    // Thinking is billed as output and often only visible in the total.
    name: 'google',
    speaks: (usage, provider) => provider === 'google' && usage.prompt_tokens !== null,
    parts: chatParts,
    layouts: [INSIDE, REASONING_APART, REASONING_SURPLUS],
  },
  {
    // Reasoning and citations are outside of the total and billed separately.
    name: 'perplexity',
    speaks: (usage, provider) => provider === 'perplexity' || usage.citation_tokens !== null,
    parts: (usage) => ({
      ...chatParts(usage),
      reasoning: usage.reasoning_tokens,
      citations: usage.citation_tokens,
      webSearches: usage.num_search_queries,
    }),
    layouts: [REASONING_UNCOUNTED],
  },
  {
    // OpenAI's Responses API and its copies.
    name: 'responses',
    speaks: (usage) => usage.input_tokens !== null || usage.output_tokens !== null,
    parts: responsesParts,
    layouts: [INSIDE, REASONING_APART],
  },
  {
    // llama.cpp without `usage`: `prompt_n` is the fresh input, `cache_n` the cached input.
    name: 'llama.cpp',
    speaks: (usage) => usage.timings !== null && usage.prompt_tokens === null,
    parts: ({ timings }) => ({
      ...nothing,
      input: timings?.prompt_n ?? null,
      cached: timings?.cache_n ?? null,
      output: timings?.predicted_n ?? null,
    }),
    layouts: [CACHE_OUTSIDE],
  },
  {
    // OpenAI, Azure, OpenRouter, Groq, Mistral, vLLM, Ollama, LM Studio, LiteLLM, … Reasoning outside
    // of the output is accepted only if the server's total proves it (a proxy in front of xAI).
    name: 'chat',
    speaks: () => true,
    parts: chatParts,
    layouts: [INSIDE, REASONING_APART],
  },
]

const nothing: Parts = {
  input: null,
  cached: null,
  cacheWrite: null,
  longCacheWrite: null,
  output: null,
  reasoning: null,
  audioInput: null,
  audioOutput: null,
  citations: null,
  webSearches: null,
  total: null,
}

function chatParts(usage: RawUsage): Parts {
  const { prompt_tokens_details: input, completion_tokens_details: output } = usage
  return {
    ...nothing,
    input: usage.prompt_tokens,
    cached: input.cached_tokens ?? usage.cached_tokens ?? usage.timings?.cache_n ?? null,
    cacheWrite: input.cache_write_tokens,
    output: usage.completion_tokens,
    reasoning: output.reasoning_tokens,
    audioInput: input.audio_tokens,
    audioOutput: output.audio_tokens,
    total: usage.total_tokens,
  }
}

function responsesParts(usage: RawUsage): Parts {
  const { input_tokens_details: input, output_tokens_details: output } = usage
  return {
    ...nothing,
    input: usage.input_tokens,
    cached: input.cached_tokens,
    cacheWrite: input.cache_write_tokens,
    output: usage.output_tokens,
    reasoning: output.reasoning_tokens,
    audioInput: input.audio_tokens,
    audioOutput: output.audio_tokens,
    webSearches: usage.tool_usage.web_search.num_requests,
    total: usage.total_tokens,
  }
}

export function isGeneration(usage: RawUsage): boolean {
  return usage.native_tokens_prompt !== null
}

function hasAnthropicCache(usage: RawUsage): boolean {
  return usage.cache_read_input_tokens !== null || usage.cache_creation_input_tokens !== null
}

function anthropicCache(usage: RawUsage): Pick<Parts, 'cached' | 'cacheWrite' | 'longCacheWrite'> {
  return {
    cached: usage.cache_read_input_tokens,
    cacheWrite: usage.cache_creation_input_tokens,
    longCacheWrite: usage.cache_creation.ephemeral_1h_input_tokens,
  }
}
