// Counting on the Responses API: the SDK's own model writes the request, a piece of its input at a time,
// and what it would send is taken to the endpoint that counts.
import type { ModelRequest } from '@openai/agents'
import { inPieces } from './in-pieces.ts'
import { readCount } from './read-count.ts'
import { listAt } from './record.ts'
import { encodeBody } from './request-body.ts'
import { entriesOf } from './request-text.ts'
import type { ModelTarget } from './types.ts'
import { upstreamFetch } from './upstream-fetch.ts'
import type { FetchFunction } from './upstream-model.ts'
import { type WrittenRequest, writtenRequest } from './written-request.ts'

export async function countResponses(
  request: ModelRequest,
  target: ModelTarget,
  stop: AbortSignal,
  ask: FetchFunction = upstreamFetch,
): Promise<number | null> {
  const input: unknown[] = []
  let written: WrittenRequest | null = null
  for await (const piece of inPieces(entriesOf(request))) {
    written = await writtenRequest({ ...request, input: piece, signal: stop }, target)
    if (written === null) return null
    input.push(...listAt(written.body, 'input'))
  }
  if (written === null) return null
  const { address, headers, body } = written
  address.pathname += '/input_tokens'
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
