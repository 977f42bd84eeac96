// Counting on the Responses API: the SDK's own model writes the request, and before it leaves it is
// turned to the endpoint that counts.
import { type ModelRequest, withTrace } from '@openai/agents'
import { readCount } from './read-count.ts'
import { isRecord } from './record.ts'
import type { ModelTarget } from './types.ts'
import { upstreamFetch } from './upstream-fetch.ts'
import { type FetchFunction, upstreamModel } from './upstream-model.ts'

const PATIENCE_MS = 8_000

export async function countResponses(
  request: ModelRequest,
  target: ModelTarget,
  stop: AbortSignal,
): Promise<number | null> {
  let tokens: number | null = null
  const count: FetchFunction = async (url, init) => {
    tokens = await askedInstead(url, init, stop)
    throw new Error('counted')
  }
  const model = upstreamModel(target, PATIENCE_MS, count)
  await withTrace('count', () => model.getResponse({ ...request, signal: stop })).catch(() => {})
  return tokens
}

/** What the counting endpoint takes of a request. */
const COUNTED = [
  'model',
  'input',
  'instructions',
  'tools',
  'tool_choice',
  'text',
  'reasoning',
  'parallel_tool_calls',
]

async function askedInstead(
  url: string | URL | Request,
  init: RequestInit = {},
  stop: AbortSignal,
): Promise<number | null> {
  const address = new URL(url instanceof Request ? url.url : url)
  const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : null
  if (!address.pathname.endsWith('/responses') || !isRecord(body)) return null
  address.pathname += '/input_tokens'
  const counted = Object.entries(body).filter(([key]) => COUNTED.includes(key))
  const headers = new Headers(init.headers)
  headers.delete('content-length')
  const response = await upstreamFetch(address, {
    method: 'POST',
    headers,
    body: JSON.stringify(Object.fromEntries(counted)),
    signal: stop,
  })
  return readCount(response)
}
