// One request to a provider, as every part of Tally makes it beside the SDK's own client: below the
// provider's base URL, with its key and its headers. It follows no redirect, and the demo is asked
// inside the process.
import type { ProviderKind } from '#shared/api.ts'
import { readBaseUrl } from './base-url.ts'
import { demoFetch } from './demo/demo-wire.ts'
import { encodeBody } from './request-body.ts'
import { upstreamFetch } from './upstream-fetch.ts'

export interface Endpoint {
  kind?: ProviderKind
  /** Null for the demo. */
  baseUrl: string | null
  apiKey: string | null
  headers: Record<string, string>
}

export interface UpstreamRequest {
  path: string
  /** Beside the base URL and not below it: servers have some of their own endpoints there. */
  isAtRoot?: boolean
  query?: Record<string, string>
  /** A request with a body is a POST. */
  body?: object
  accept?: string
  signal: AbortSignal
}

/** The demo's address, which is never looked up. */
export const DEMO_URL = 'http://demo.invalid/v1'

const askDemo = demoFetch()

export async function sendRequest(endpoint: Endpoint, request: UpstreamRequest): Promise<Response> {
  const { body, signal } = request
  const send = endpoint.kind === 'demo' ? askDemo : upstreamFetch
  return send(urlOf(endpoint, request), {
    headers: headersOf(endpoint, request),
    signal,
    ...(body && { method: 'POST', body: await encodeBody(body) }),
  })
}

function urlOf({ baseUrl }: Endpoint, { path, isAtRoot = false, query }: UpstreamRequest): URL {
  const base = readBaseUrl(baseUrl ?? DEMO_URL)
  const address = isAtRoot ? base.address.replace(/\/v1$/, '') : base.address
  const url = new URL(`${address}${path}`)
  for (const [name, value] of Object.entries({ ...base.query, ...query })) {
    url.searchParams.set(name, value)
  }
  return url
}

function headersOf({ baseUrl, apiKey, headers }: Endpoint, { body, accept }: UpstreamRequest) {
  return {
    accept: accept ?? 'application/json',
    ...(body && { 'content-type': 'application/json' }),
    ...readBaseUrl(baseUrl ?? DEMO_URL).headers,
    ...(apiKey !== null && { authorization: `Bearer ${apiKey}` }),
    ...headers,
  }
}
