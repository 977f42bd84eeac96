// Every field in which an OpenAI-compatible server is known to report usage. Absent, malformed and
// null values all become null: parsing never throws.
import * as z from 'zod/mini'

const otherwise = z.catch

/** No request is this long. A larger count is a mistake and would break every sum. */
const MAX_TOKENS = 100_000_000
const count = otherwise(z.nullable(z.int().check(z.nonnegative(), z.maximum(MAX_TOKENS))), null)
const flag = otherwise(z.boolean(), false)
/** A decimal as a number or text, parsed digit by digit (see decimal.ts). */
const amount = otherwise(z.nullable(z.union([z.number(), z.string()])), null)

const noDetails = {
  cached_tokens: null,
  cache_write_tokens: null,
  audio_tokens: null,
  reasoning_tokens: null,
}

const Details = otherwise(
  z.object({
    cached_tokens: count,
    cache_write_tokens: count,
    audio_tokens: count,
    reasoning_tokens: count,
  }),
  noDetails,
)

export const RawUsage = z.object({
  // Chat Completions
  prompt_tokens: count,
  completion_tokens: count,
  total_tokens: count,
  prompt_tokens_details: Details,
  completion_tokens_details: Details,
  // Responses, and Anthropic's own shape
  input_tokens: count,
  output_tokens: count,
  input_tokens_details: Details,
  output_tokens_details: Details,
  // DeepSeek
  prompt_cache_hit_tokens: count,
  prompt_cache_miss_tokens: count,
  // Moonshot, and Anthropic's OpenAI-compatible endpoint
  cached_tokens: count,
  // Anthropic, and proxies that pass its fields on
  cache_read_input_tokens: count,
  cache_creation_input_tokens: count,
  cache_creation: otherwise(z.object({ ephemeral_1h_input_tokens: count }), {
    ephemeral_1h_input_tokens: null,
  }),
  server_tool_use: otherwise(z.object({ web_search_requests: count }), {
    web_search_requests: null,
  }),
  // Perplexity
  reasoning_tokens: count,
  citation_tokens: count,
  num_search_queries: count,
  // xAI
  num_sources_used: count,
  cost_in_usd_ticks: amount,
  // OpenRouter and LiteLLM report dollars, Perplexity an object of dollars
  cost: otherwise(
    z.nullable(z.union([z.number(), z.string(), z.object({ total_cost: amount })])),
    null,
  ),
  cost_details: otherwise(z.object({ upstream_inference_cost: amount }), {
    upstream_inference_cost: null,
  }),
  is_byok: flag,
  // OpenRouter's answer to a later usage lookup
  native_tokens_prompt: count,
  native_tokens_completion: count,
  native_tokens_reasoning: count,
  native_tokens_cached: count,
  total_cost: amount,
  upstream_inference_cost: amount,
  // llama.cpp, beside `usage` or instead of it
  timings: otherwise(
    z.nullable(z.object({ prompt_n: count, cache_n: count, predicted_n: count })),
    null,
  ),
  // OpenAI's hosted tools
  tool_usage: otherwise(
    z.object({ web_search: otherwise(z.object({ num_requests: count }), { num_requests: null }) }),
    { web_search: { num_requests: null } },
  ),
})
export type RawUsage = z.infer<typeof RawUsage>
