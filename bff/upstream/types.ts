// A provider, a model, and a call of it with its row in the ledger. Types of the SDK stay behind these.
import type { ApiKind, ProviderKind } from '#shared/api.ts'
import type { CallStatus, ModelCall, Purpose } from '#shared/ledger.ts'

/** One item of the model's input as JSON, opaque to other modules. */
export type Item = Record<string, unknown>

/** One OpenAI-compatible endpoint, as the settings or the discovery describe it. */
export interface ProviderConfig {
  name: string
  kind: ProviderKind
  /** Null for the demo, which needs no network. */
  baseUrl: string | null
  api: ApiKind
  apiKey: string | null
  /** The environment variable the key came from; null when it came from none. */
  keyName: string | null
  /** The key that was stored here; null when there is none. */
  storedKey: StoredKey | null
  /** The environment variable that sets it up. Null if there is none. */
  setBy: string | null
  defaultModel: string | null
  models: string[]
  /** Shell-like patterns (`gpt-*`): a model name that matches one belongs to this provider. */
  modelPatterns: string[]
  /** How often a request that failed before its first event is tried again. */
  maxRetries: number
  headers: Record<string, string>
}

/** The part of a stored key that may be shown. */
export interface StoredKey {
  setAt: string
  /** Why it cannot be used; null when it can. */
  problem: string | null
}

/** Servers that have more endpoints than OpenAI's API. */
export type ServerKind = 'llama.cpp' | 'ollama' | 'vllm'

/** The one model of one provider that a run talks to. */
export interface ModelTarget {
  provider: string
  kind: ProviderKind
  baseUrl: string | null
  api: ApiKind
  apiKey: string | null
  headers: Record<string, string>
  maxRetries: number
  model: string
  /** In tokens. Null or absent: not known. */
  contextWindow?: number | null
  /** The server software, if its list of models shows it. */
  server?: ServerKind
  /** The endpoint that a check found to count input. */
  countsWith?: 'input_tokens' | 'tokenize'
  /** False: a check found that it writes no JSON of a given shape. Absent: not known. */
  takesJsonShape?: boolean
  /** False: a check found that it mixes up tool calls of one answer. Absent: not known. */
  takesParallelTools?: boolean
}

export interface CallStart {
  id: string
  runId: string | null
  conversationId: string | null
  purpose: Purpose
  agent: string | null
  provider: string
  modelRequested: string
  /** 1 for the first try of a request, 2 for its first retry. */
  attempt: number
  startedAt: string
  /** The call whose nested run makes the request; absent in the run itself. */
  parentCallId?: string
}

/** One entry of a request's input, told by its fingerprint. */
export interface PrefixItem {
  kind: 'question' | 'answer' | 'tool_call' | 'tool_result' | 'reasoning'
  hash: string
  chars: number
}

/** The beginning of a request, as fingerprints. */
export interface RequestPrefix {
  instructions: string
  tools: string
  /** The form of the answer that is asked for. */
  format: string
  /** How long instructions and tools are. */
  headChars: number
  items: PrefixItem[]
}

/** The facts about an upstream request that has ended. */
export interface CallFacts {
  status: CallStatus
  /** The provider did no work: it could not be reached, or it answered with an HTTP error. */
  refused?: boolean
  modelReturned: string | null
  responseId: string | null
  /** The provider's id of the request, from a header. */
  requestId?: string | null | undefined
  serviceTier: string | null
  /** The provider's name for the configuration that answered. */
  systemFingerprint?: string | null
  /** When the provider made the answer, by its own clock. */
  createdAt?: string | null
  finishReason: string | null
  ttftMs: number | null
  durationMs: number
  /** Verbatim; null or undefined: the provider reported none. */
  rawUsage: unknown
  /** For an estimate when usage was not reported; built only when it is asked for. */
  inputText: () => Promise<string>
  /** Text, reasoning and tool arguments that came back, complete or not. */
  outputText: string
  /** The answer is read on after a stop, and the row is amended when that is over. */
  readsOn?: boolean
  /** The server had closed the kept connection, so the request was sent once more, at once. */
  resent?: boolean
  /** To tell what a provider's cache could have known; worked out only when it is asked for. */
  prefix?: () => Promise<RequestPrefix>
}

/** The needs of a request that is about to be sent. */
export interface CallNeed {
  /** Everything that is counted as input. */
  inputText: () => Promise<string>
  /** The most output tokens that the settings allow; null where they say nothing. */
  outputLimit: number | null
}

export interface Admission {
  admitted: boolean
  /** The limit that is sent. Null if there is none. */
  outputLimit: number | null
}

/** Opened before an upstream request and closed after it, exactly once, whatever happens to it. */
export interface CallLedger {
  // Called first. It may take as long as the user takes to decide. A request that is not admitted is
  // not sent and has no row. Without it everything is admitted.
  admit?(
    call: CallStart,
    need: CallNeed,
    target: ModelTarget,
    stop: AbortSignal,
  ): Promise<Admission>
  open(call: CallStart, target: ModelTarget): Promise<void>
  close(call: CallStart, facts: CallFacts, target: ModelTarget): Promise<ModelCall>
  /** After `close`, once, when the answer was read on. */
  amend?(call: CallStart, facts: CallFacts, target: ModelTarget): Promise<ModelCall>
}
