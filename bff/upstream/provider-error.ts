// Every way in which an answer can fail: its code, whether trying again can help, whether Tally
// tries again by itself before the first event, and words that a person can act on.
import { visibleText } from '#shared/visible-text.ts'
import type { RequestFallback } from './request-fallbacks.ts'

export interface UpstreamEndpoint {
  provider: string
  /** Host and port of the provider; null for the demo. */
  host: string | null
  model: string
}

interface ProviderErrorKind {
  /** A Retry button can help. */
  retryable: boolean
  /** Worth another attempt without asking, as long as nothing was received. */
  transient: boolean
  words(at: UpstreamEndpoint, detail: string): string
}

const once = { retryable: false, transient: false }
const button = { retryable: true, transient: false }
const again = { retryable: true, transient: true }

const PROVIDER_ERRORS = {
  invalid_key: {
    ...once,
    words: (at) =>
      `${at.provider} did not accept the API key. Check it under Settings → Providers.`,
  },
  not_allowed: {
    ...once,
    words: (at, detail) =>
      `${at.provider} does not let this key use ${at.model}. Choose another model or another key.${detail}`,
  },
  insufficient_quota: {
    ...once,
    words: (at) =>
      `The account at ${at.provider} has no credit left. Add credit there, or choose another model.`,
  },
  rate_limited: {
    ...again,
    words: (at, detail) =>
      `${at.provider} takes no more requests from this account right now.${detail}`,
  },
  model_not_found: {
    ...once,
    words: (at) => `${at.provider} has no model "${at.model}". Choose another model.`,
  },
  wrong_address: {
    ...once,
    words: (at) =>
      `${at.host} has nothing at the address of ${at.provider}. Check its base URL: most end in /v1.`,
  },
  not_an_api: {
    ...once,
    words: (at) =>
      `${at.host} answers with a web page instead of an API. Check the base URL of ${at.provider}: most end in /v1.`,
  },
  redirected: {
    ...once,
    words: (at) =>
      `${at.host} sends requests on to another address, and Tally does not follow. Set the base URL of ${at.provider} to where its API really is.`,
  },
  context_too_long: {
    ...once,
    words: (at, detail) =>
      `This conversation is longer than ${at.model} can read.${detail} Start a new chat, or choose a model with a larger context window.`,
  },
  files_refused: {
    ...once,
    words: (at, detail) =>
      `${at.model} does not take images or files like these. Choose a model that does, or edit the message and remove them.${detail}`,
  },
  files_too_large: {
    ...once,
    words: () =>
      'The files of this conversation have more than 20 MB together. Start a new chat, or edit the message and attach less.',
  },
  file_missing: {
    ...once,
    words: () =>
      'A file of this conversation is not in the data folder any more. Restore a backup, or edit the message and remove the file.',
  },
  bad_request: {
    ...once,
    words: (at, detail) =>
      `${at.provider} rejected the request. The settings of this conversation may not suit ${at.model}.${detail}`,
  },
  conflict: {
    ...again,
    words: (at) => `${at.provider} could not take the request just now (409).`,
  },
  connection_refused: {
    ...again,
    words: (at) =>
      `${at.host} cannot be reached: nothing answers there. Check that the server of ${at.provider} is running, and its base URL.`,
  },
  host_not_found: {
    ...again,
    words: (at) =>
      `The address ${at.host} cannot be found. Check the base URL of ${at.provider} and the network.`,
  },
  unreachable: {
    ...again,
    words: (at) =>
      `${at.host} cannot be reached. Check the base URL of ${at.provider} and the network.`,
  },
  insecure_connection: {
    ...once,
    words: (at) =>
      `There is no secure connection to ${at.host}: it does not speak https, or its certificate is not accepted. Check the base URL of ${at.provider}.`,
  },
  not_http: {
    ...once,
    words: (at) =>
      `${at.host} does not speak http. Check the base URL of ${at.provider}: it may have to begin with https.`,
  },
  connection_lost: {
    ...again,
    words: (at) => `${at.host} closed the connection before it answered.`,
  },
  timeout: {
    ...again,
    words: (at, detail) => `${at.provider} did not begin to answer in time.${detail}`,
  },
  model_loading: {
    ...again,
    words: (at) => `${at.provider} is loading ${at.model}.`,
  },
  stalled: {
    ...button,
    words: (at) => `${at.provider} stopped sending in the middle of the answer.`,
  },
  cut_off: {
    ...button,
    words: (at) => `The connection to ${at.provider} broke before the answer was complete.`,
  },
  malformed_answer: {
    ...button,
    words: (at) => `${at.provider} sent something that cannot be read, so the answer ends here.`,
  },
  too_much: {
    ...button,
    words: (at) =>
      `${at.provider} sent more text or tool calls than one answer can hold, so the answer ends here.`,
  },
  endless_answer: {
    ...button,
    words: (at, detail) =>
      `${at.provider} was still answering after ${detail}, so the answer ends here.`,
  },
  empty_answer: {
    ...button,
    words: (at) => `${at.model} sent an empty answer.`,
  },
  content_filter: {
    ...button,
    words: (at) => `The content filter of ${at.provider} stopped this answer.`,
  },
  refused: {
    ...button,
    words: (at) => `${at.model} refused to answer.`,
  },
  context_full: {
    ...button,
    words: (at, detail) =>
      `The context is full: the conversation and the answer take all the room that ${at.model} has.${detail} Start a new chat, drop long results of tools, or choose a model with a larger context window.`,
  },
  output_limit: {
    ...button,
    words: (at, detail) =>
      `The answer reached the output limit of ${at.model} and stops here.${detail}`,
  },
  upstream_error: {
    ...button,
    words: (at, detail) => `${at.provider} reports an error.${detail}`,
  },
  upstream_unavailable: {
    ...again,
    words: (at, detail) => `${at.provider} cannot answer right now.${detail}`,
  },
  over_budget: {
    ...button,
    words: () => 'A budget has nothing left for this request.',
  },
  max_turns: {
    ...button,
    words: (_, detail) =>
      `The agent stopped itself after ${detail} model calls without a final answer.`,
  },
  max_tool_calls: {
    ...button,
    words: (_, detail) => `The agent stopped itself after ${detail} tool calls.`,
  },
  max_time: {
    ...button,
    words: (_, detail) => `The agent stopped itself after ${detail} of work.`,
  },
  max_cost: {
    ...button,
    words: (_, detail) => `The agent stopped itself: its limit for one answer is ${detail}.`,
  },
  repeated_call: {
    ...button,
    words: (_, detail) =>
      `The agent stopped itself: it called ${detail} three times in a row with the same arguments.`,
  },
  output_mismatch: {
    ...button,
    words: (at, detail) => `${at.model} did not answer in the form that was asked for.${detail}`,
  },
  agent_not_found: {
    ...once,
    words: (_, detail) => `There is no agent "${detail}". Choose another agent.`,
  },
  internal: {
    ...button,
    words: () => 'Something went wrong inside Tally, and the answer ends here.',
  },
} satisfies Record<string, ProviderErrorKind>

export type ProviderErrorCode = keyof typeof PROVIDER_ERRORS

export interface ProviderErrorDetails {
  /** Shown to the user: no key, no prompt, no stack. */
  detail?: string
  /** How long the provider asks to wait. */
  retryAfterMs?: number | null
  /** Another attempt of itself would not help, although it does for this code. */
  isFinal?: boolean
  /** The fallback with which the request might be accepted. */
  fallback?: RequestFallback | null
}

export class ProviderError extends Error {
  readonly code: ProviderErrorCode
  readonly retryAfterMs: number | null
  readonly fallback: RequestFallback | null
  readonly #isFinal: boolean

  constructor(code: ProviderErrorCode, at: UpstreamEndpoint, facts: ProviderErrorDetails = {}) {
    const kind: ProviderErrorKind = PROVIDER_ERRORS[code]
    super(visibleText(kind.words(at, facts.detail ?? '')))
    this.code = code
    this.retryAfterMs = facts.retryAfterMs ?? null
    this.fallback = facts.fallback ?? null
    this.#isFinal = facts.isFinal ?? false
  }

  get retryable(): boolean {
    return PROVIDER_ERRORS[this.code].retryable
  }

  get transient(): boolean {
    return PROVIDER_ERRORS[this.code].transient && !this.#isFinal
  }
}
