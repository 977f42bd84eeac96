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
import type { ApiKind } from '#shared/api.ts'
import { readBaseUrl } from './base-url.ts'
import { nothingSeen, TolerantCompletions } from './chat-compat.ts'
import { refuseForeign } from './classify-error.ts'
import { refuseFiles, type WriteFile } from './file-reference.ts'
import type { UpstreamEndpoint } from './provider-error-kinds.ts'
import { listAt, recordAt } from './record.ts'
import { longInputModel } from './long-input.ts'
import type { ModelTarget } from './types.ts'
import { type FetchFunction, upstreamFetch } from './upstream-fetch.ts'
import { ConvertingClient, UpstreamClient } from './upstream-client.ts'

setTracingDisabled(true)
// Overrides the SDK's own variables in the environment.
setSensitiveDataLoggingEnabled(false)

interface WaysOut {
  /** The demo's way in; everyone else goes over the network. */
  ask?: FetchFunction
  /** Writes attached files. By default they are refused. */
  write?: WriteFile | undefined
}

export function upstreamModel(
  target: ModelTarget,
  idleTimeoutMs: number,
  { ask = upstreamFetch, write = refuseFiles }: WaysOut = {},
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
    sending: (before) => modelOf(new UpstreamClient(options, before, write)),
    converting: (into) => modelOf(new ConvertingClient(options, into)),
  })
}

export function endpointOf(target: ModelTarget): UpstreamEndpoint {
  const host = target.baseUrl === null ? null : readBaseUrl(target.baseUrl).host
  return { provider: target.provider, host, model: target.model }
}

/** The model of OpenAI if none is named. */
export function standardOpenAiModel(): string {
  return getDefaultModel()
}

export function isOpenAi({ baseUrl }: Pick<ModelTarget, 'baseUrl'>): boolean {
  return baseUrl !== null && readBaseUrl(baseUrl).host === 'api.openai.com'
}

async function fetchStream(
  target: ModelTarget,
  ask: FetchFunction,
  url: string | URL | Request,
  init?: RequestInit,
): Promise<Response> {
  const response = await ask(url, init)
  await refuseForeign(response, endpointOf(target))
  if (!response.ok || !wantsStream(init) || !isJson(response)) return response
  const events = asEventStream(await response.text(), target.api)
  return new Response(events, { headers: { 'content-type': 'text/event-stream' } })
}

function isJson({ headers }: Response): boolean {
  return /^application\/json\b/i.test(headers.get('content-type') ?? '')
}

function wantsStream({ body }: RequestInit = {}): boolean {
  return body instanceof Uint8Array && Buffer.from(body.buffer).includes('"stream":true')
}

/**
 * Some servers ignore `stream: true` and send the whole answer, or an error, as one JSON body with status
 * 200. Read as an event stream it would be an empty answer. Throws a SyntaxError when it is not JSON.
 */
function asEventStream(body: string, api: ApiKind): string {
  return `data: ${JSON.stringify(asEvent(JSON.parse(body), api))}\n\ndata: [DONE]\n\n`
}

function asEvent(answer: unknown, api: ApiKind): unknown {
  if (recordAt(answer, 'error') !== null) return answer
  if (api === 'responses') return { type: 'response.completed', response: answer }
  const choices = listAt(answer, 'choices').map((choice) => ({
    ...Object(choice),
    delta: recordAt(choice, 'message') ?? {},
  }))
  return { ...Object(answer), choices }
}
