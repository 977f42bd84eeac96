// Every way in which an answer can fail: its code, whether trying again can help, whether Tally
// tries again by itself before the first event, and words that a person can act on.
import { t } from '#shared/translate.ts'

export interface UpstreamEndpoint {
  provider: string
  /** Host and port of the provider; null for the demo. */
  host: string | null
  model: string
}

export interface ProviderErrorKind {
  /** A Retry button can help. */
  retryable: boolean
  /** Worth another attempt without asking, as long as nothing was received. */
  transient: boolean
  words(at: UpstreamEndpoint, detail: string): string
}

const once = { retryable: false, transient: false }
const button = { retryable: true, transient: false }
const again = { retryable: true, transient: true }

/** Whole sentences, one behind the other. Some are empty. */
function join(...sentences: string[]): string {
  return sentences.filter((sentence) => sentence !== '').join(' ')
}

/** Only the demo has none, and it does not fail in these ways. */
const host = (at: UpstreamEndpoint) => at.host ?? at.provider

export const PROVIDER_ERRORS = {
  invalid_key: {
    ...once,
    words: (at) =>
      t`${at.provider} did not accept the API key. Check it under Settings → Providers.`,
  },
  not_allowed: {
    ...once,
    words: (at, detail) =>
      join(
        t`${at.provider} does not let this key use ${at.model}. Choose another model or another key.`,
        detail,
      ),
  },
  insufficient_quota: {
    ...once,
    words: (at) =>
      t`The account at ${at.provider} has no credit left. Add credit there, or choose another model.`,
  },
  rate_limited: {
    ...again,
    words: (at, detail) =>
      join(t`${at.provider} takes no more requests from this account right now.`, detail),
  },
  model_not_found: {
    ...once,
    words: (at) => t`${at.provider} has no model "${at.model}". Choose another model.`,
  },
  wrong_address: {
    ...once,
    words: (at) =>
      t`${host(at)} has nothing at the address of ${at.provider}. Check its base URL: most end in /v1.`,
  },
  not_an_api: {
    ...once,
    words: (at) =>
      t`${host(at)} answers with a web page instead of an API. Check the base URL of ${at.provider}: most end in /v1.`,
  },
  redirected: {
    ...once,
    words: (at) =>
      t`${host(at)} sends requests on to another address, and Tally does not follow. Set the base URL of ${at.provider} to where its API really is.`,
  },
  context_too_long: {
    ...once,
    words: (at, detail) =>
      join(
        t`This conversation is longer than ${at.model} can read.`,
        detail,
        t`Start a new chat, or choose a model with a larger context window.`,
      ),
  },
  files_refused: {
    ...once,
    words: (at, detail) =>
      join(
        t`${at.model} does not take images or files like these. Choose a model that does, or edit the message and remove them.`,
        detail,
      ),
  },
  files_too_large: {
    ...once,
    words: () =>
      t`The files of this conversation have more than 20 MB together. Start a new chat, or edit the message and attach less.`,
  },
  file_missing: {
    ...once,
    words: () =>
      t`A file of this conversation is not in the data folder any more. Restore a backup, or edit the message and remove the file.`,
  },
  bad_request: {
    ...once,
    words: (at, detail) =>
      join(
        t`${at.provider} rejected the request. The settings of this conversation may not suit ${at.model}.`,
        detail,
      ),
  },
  conflict: {
    ...again,
    words: (at) => t`${at.provider} could not take the request just now (409).`,
  },
  connection_refused: {
    ...again,
    words: (at) =>
      t`${host(at)} cannot be reached: nothing answers there. Check that the server of ${at.provider} is running, and its base URL.`,
  },
  host_not_found: {
    ...again,
    words: (at) =>
      t`The address ${host(at)} cannot be found. Check the base URL of ${at.provider} and the network.`,
  },
  unreachable: {
    ...again,
    words: (at) =>
      t`${host(at)} cannot be reached. Check the base URL of ${at.provider} and the network.`,
  },
  insecure_connection: {
    ...once,
    words: (at) =>
      t`There is no secure connection to ${host(at)}: it does not speak https, or its certificate is not accepted. Check the base URL of ${at.provider}.`,
  },
  not_http: {
    ...once,
    words: (at) =>
      t`${host(at)} does not speak http. Check the base URL of ${at.provider}: it may have to begin with https.`,
  },
  connection_lost: {
    ...again,
    words: (at) => t`${host(at)} closed the connection before it answered.`,
  },
  timeout: {
    ...again,
    words: (at, detail) => join(t`${at.provider} did not begin to answer in time.`, detail),
  },
  model_loading: {
    ...again,
    words: (at) => t`${at.provider} is loading ${at.model}.`,
  },
  stalled: {
    ...button,
    words: (at) => t`${at.provider} stopped sending in the middle of the answer.`,
  },
  cut_off: {
    ...button,
    words: (at) => t`The connection to ${at.provider} broke before the answer was complete.`,
  },
  malformed_answer: {
    ...button,
    words: (at) => t`${at.provider} sent something that cannot be read, so the answer ends here.`,
  },
  too_much: {
    ...button,
    words: (at) =>
      t`${at.provider} sent more text or tool calls than one answer can hold, so the answer ends here.`,
  },
  endless_answer: {
    ...button,
    words: (at, detail) =>
      t`${at.provider} was still answering after ${detail}, so the answer ends here.`,
  },
  empty_answer: {
    ...button,
    words: (at) => t`${at.model} sent an empty answer.`,
  },
  content_filter: {
    ...button,
    words: (at) => t`The content filter of ${at.provider} stopped this answer.`,
  },
  refused: {
    ...button,
    words: (at) => t`${at.model} refused to answer.`,
  },
  context_full: {
    ...button,
    words: (at, detail) =>
      join(
        t`The context is full: the conversation and the answer take all the room that ${at.model} has.`,
        detail,
        t`Start a new chat, drop long results of tools, or choose a model with a larger context window.`,
      ),
  },
  output_limit: {
    ...button,
    words: (at, detail) =>
      join(t`The answer reached the output limit of ${at.model} and stops here.`, detail),
  },
  upstream_error: {
    ...button,
    words: (at, detail) => join(t`${at.provider} reports an error.`, detail),
  },
  upstream_unavailable: {
    ...again,
    words: (at, detail) => join(t`${at.provider} cannot answer right now.`, detail),
  },
  over_budget: {
    ...button,
    words: () => t`A budget has nothing left for this request.`,
  },
  max_turns: {
    ...button,
    words: (_, detail) =>
      t`The agent stopped itself after ${detail} model calls without a final answer.`,
  },
  max_tool_calls: {
    ...button,
    words: (_, detail) => t`The agent stopped itself after ${detail} tool calls.`,
  },
  max_time: {
    ...button,
    words: (_, detail) => t`The agent stopped itself after ${detail} of work.`,
  },
  max_cost: {
    ...button,
    words: (_, detail) => t`The agent stopped itself: its limit for one answer is ${detail}.`,
  },
  repeated_call: {
    ...button,
    words: (_, detail) =>
      t`The agent stopped itself: it called ${detail} three times in a row with the same arguments.`,
  },
  output_mismatch: {
    ...button,
    words: (at, detail) =>
      join(t`${at.model} did not answer in the form that was asked for.`, detail),
  },
  agent_not_found: {
    ...once,
    words: (_, detail) => t`There is no agent "${detail}". Choose another agent.`,
  },
  internal: {
    ...button,
    words: () => t`Something went wrong inside Tally, and the answer ends here.`,
  },
} satisfies Record<string, ProviderErrorKind>

export type ProviderErrorCode = keyof typeof PROVIDER_ERRORS
