// The SDK's model for a provider's API kind, on a client of its own: no retries (the guard has
// them), no key or organisation of another provider, no logging, no tracing.
import {
  getDefaultModel,
  OpenAIChatCompletionsModel,
  OpenAIResponsesModel,
  setSensitiveDataLoggingEnabled,
  setTracingDisabled,
  type Model,
} from '@openai/agents'
import type { OpenAI } from 'openai'
import { readBaseUrl } from './base-url.ts'
import { nothingSeen, TolerantCompletions } from './chat-compat.ts'
import { ProviderError, type UpstreamEndpoint } from './provider-error.ts'
import { longInputModel } from './long-input.ts'
import type { ModelTarget } from './types.ts'
import { upstreamFetch } from './upstream-fetch.ts'
import { ConvertingClient, UpstreamClient } from './upstream-client.ts'
import { asEventStream } from './whole-answer.ts'

setTracingDisabled(true)
// Whatever the SDK's own variables in the environment say.
setSensitiveDataLoggingEnabled(false)

export type FetchFunction = (url: string | URL | Request, init?: RequestInit) => Promise<Response>

/** `ask` is the demo's way in; everyone else goes over the network. */
export function upstreamModel(
  target: ModelTarget,
  idleTimeoutMs: number,
  ask: FetchFunction = upstreamFetch,
): Model {
  const { address, query, headers } = readBaseUrl(target.baseUrl ?? '')
  const options = {
    apiKey: target.apiKey ?? 'none',
    baseURL: address,
    defaultQuery: query,
    maxRetries: 0,
    timeout: Math.max(idleTimeoutMs * 2, 60_000),
    organization: null,
    project: null,
    defaultHeaders: {
      'Content-Type': 'application/json',
      ...(target.apiKey === null ? { Authorization: null } : {}),
      ...headers,
      ...target.headers,
    },
    logLevel: 'off' as const,
    fetch: (url: string | URL | Request, init?: RequestInit) => fetchStream(target, ask, url, init),
  }
  const seen = nothingSeen()
  const modelOf = (client: OpenAI) => {
    client.chat.completions = new TolerantCompletions(client, seen)
    return target.api === 'responses'
      ? new OpenAIResponsesModel(client, target.model)
      : new OpenAIChatCompletionsModel(client, target.model)
  }
  return longInputModel({
    sending: (before) => modelOf(new UpstreamClient(options, before)),
    converting: (into) => modelOf(new ConvertingClient(options, into)),
  })
}

export function endpointOf(target: ModelTarget): UpstreamEndpoint {
  const host = target.baseUrl === null ? null : readBaseUrl(target.baseUrl).host
  return { provider: target.provider, host, model: target.model }
}

/** What OpenAI is asked for when nobody names a model. */
export function standardOpenAiModel(): string {
  return getDefaultModel()
}

export function isOpenAi({ baseUrl }: Pick<ModelTarget, 'baseUrl'>): boolean {
  return baseUrl !== null && readBaseUrl(baseUrl).host === 'api.openai.com'
}

/**
 * A redirect would take the prompt and the provider's own headers to an address that nobody set. A
 * successful answer that is no event stream would be read as an empty one.
 */
async function fetchStream(
  target: ModelTarget,
  ask: FetchFunction,
  url: string | URL | Request,
  init?: RequestInit,
): Promise<Response> {
  const response = await ask(url, { ...init, redirect: 'manual' })
  const type = response.headers.get('content-type') ?? ''
  if (response.status >= 300 && response.status < 400) {
    await response.body?.cancel()
    throw new ProviderError('redirected', endpointOf(target))
  }
  if (!response.ok) return response
  if (/^text\/html\b/i.test(type)) {
    await response.body?.cancel()
    throw new ProviderError('not_an_api', endpointOf(target))
  }
  if (!wantsStream(init) || !/^application\/json\b/i.test(type)) return response
  const events = asEventStream(await response.text(), target.api)
  return new Response(events, { headers: { 'content-type': 'text/event-stream' } })
}

function wantsStream({ body }: RequestInit = {}): boolean {
  return body instanceof Uint8Array && Buffer.from(body.buffer).includes('"stream":true')
}
