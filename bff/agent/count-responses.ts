// Counting on the Responses API: the SDK's own model writes the request, a piece of its input at a time,
// and what it would send is taken to the endpoint that counts.
import { type ModelRequest, withTrace } from '@openai/agents'
import { inPieces } from './in-pieces.ts'
import { readCount } from './read-count.ts'
import { isRecord, listAt } from './record.ts'
import { encodeBody } from './request-body.ts'
import { entriesOf } from './request-text.ts'
import type { ModelTarget } from './types.ts'
import { upstreamFetch } from './upstream-fetch.ts'
import { type FetchFunction, upstreamModel } from './upstream-model.ts'

const PATIENCE_MS = 8_000

export async function countResponses(
  request: ModelRequest,
  target: ModelTarget,
  stop: AbortSignal,
  ask: FetchFunction = upstreamFetch,
): Promise<number | null> {
  const input: unknown[] = []
  let written: Written | null = null
  for await (const piece of inPieces(entriesOf(request))) {
    written = await writtenOf({ ...request, input: piece, signal: stop }, target)
    if (written === null) return null
    input.push(...listAt(written.body, 'input'))
  }
  if (written === null) return null
  const { address, headers, body } = written
  const counted = Object.entries(body).filter(([key]) => COUNTED.includes(key))
  const response = await ask(address, {
    method: 'POST',
    headers,
    body: await encodeBody({ ...Object.fromEntries(counted), input }),
    signal: stop,
  })
  return readCount(response)
}

/** What the counting endpoint takes of a request, besides its input. */
const COUNTED = [
  'model',
  'instructions',
  'tools',
  'tool_choice',
  'text',
  'reasoning',
  'parallel_tool_calls',
]

interface Written {
  address: URL
  headers: Headers
  body: Record<string, unknown>
}

/** The request, which is not sent. Null: it is none of this API. */
async function writtenOf(request: ModelRequest, target: ModelTarget): Promise<Written | null> {
  let written: Written | null = null
  const take: FetchFunction = async (url, init = {}) => {
    const address = new URL(url instanceof Request ? url.url : url)
    const body: unknown = JSON.parse(await new Response(init.body).text())
    if (address.pathname.endsWith('/responses') && isRecord(body)) {
      address.pathname += '/input_tokens'
      const headers = new Headers(init.headers)
      headers.delete('content-length')
      written = { address, headers, body }
    }
    throw new Error('taken')
  }
  const model = upstreamModel(target, PATIENCE_MS, take)
  await withTrace('count', () => model.getResponse(request)).catch(() => {})
  return written
}
