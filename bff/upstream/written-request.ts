// A request as the SDK's own model would send it, to be counted instead.
import { type ModelRequest, withTrace } from '@openai/agents'
import { isRecord } from './record.ts'
import type { ModelTarget } from './types.ts'
import { type FetchFunction, upstreamModel } from './upstream-model.ts'

const PATIENCE_MS = 8_000

export interface WrittenRequest {
  address: URL
  headers: Headers
  body: Record<string, unknown>
}

/** The request, which is not sent. Null: it could not be written. */
export async function writtenRequest(
  request: ModelRequest,
  target: ModelTarget,
): Promise<WrittenRequest | null> {
  let written: WrittenRequest | null = null
  const take: FetchFunction = async (url, init = {}) => {
    const address = new URL(url instanceof Request ? url.url : url)
    const body: unknown = JSON.parse(await new Response(init.body).text())
    if (isRecord(body)) {
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
