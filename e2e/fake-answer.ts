// The answers of the fake upstream. An answer works on both APIs.

/** A part of an answer. Parts are sent in order. */
export type AnswerPart =
  | { text: string }
  | { reasoning: string }
  | { refusal: string }
  | { call: FakeToolCall }
  /** Pauses the answer until the promise settles, so that a test can act in between. */
  | { wait: Promise<unknown> }
  /** Fails at this point of the answer. */
  | { fault: MidAnswerFault }

export interface FakeToolCall {
  /** Undefined leaves the name out. */
  name: string | null | undefined
  /** An object is sent as JSON text, a string verbatim. */
  arguments: string | object
  id?: string
}

export type MidAnswerFault =
  | 'cut_off' // the answer ends cleanly, but too early
  | 'destroy' // the socket breaks
  | 'stall' // nothing more comes, the socket stays open
  | 'malformed' // a frame that is not JSON
  | 'error_frame' // the provider reports an error inside the stream

/** What a server sends before the answer begins. */
export type BeforeAnswer =
  /** Comments that keep the connection alive. */
  | { comments: number; everyMs: number }
  /** Progress of reading the prompt. */
  | { processed: number; total: number }
  | { wait: Promise<unknown> }

export interface Answer {
  before?: BeforeAnswer[]
  parts?: AnswerPart[]
  /** Sends this status and `errorBody` instead of an answer. */
  status?: number
  errorBody?: unknown
  headers?: Record<string, string>
  /** Replaces the answer. */
  instead?: 'close' | 'hang' | 'html' | 'json' | 'empty'
  /** Null reports no usage. An object is sent verbatim. */
  usage?: Record<string, unknown> | null
  /** How the answer ends. `failed` exists on the Responses API only. */
  finish?: 'stop' | 'length' | 'content_filter' | 'failed' | 'none'
  model?: string
  id?: string | null
  serviceTier?: string
  systemFingerprint?: string
  /** Characters per delta, and milliseconds before the first delta and between deltas. */
  chars?: number
  firstMs?: number
  everyMs?: number
  /** The field for reasoning on the Chat API. */
  reasoningKey?: 'reasoning' | 'reasoning_content'
  quirks?: ChatQuirk[]
  /** Keeps the connection alive and resets it when the next request arrives on it. */
  breaksWhenKept?: boolean
}

/** Deviations of real Chat servers. */
export type ChatQuirk =
  | 'no_tool_index'
  | 'same_tool_index'
  | 'repeated_tool_name'
  | 'object_arguments'
  | 'no_call_id'
  | 'same_call_id'
  | 'no_choice_index'
  | 'no_function'
  | 'whole_calls' // a tool call comes in one chunk
  | 'finish_stop' // `stop` although there are tool calls

/** A step of a streamed answer. */
export type Frame = { send: object } | { wait: Promise<unknown> } | { fault: MidAnswerFault }

export interface FakeRequest {
  /** The number of earlier requests of this kind. */
  index: number
  model: string
}

/** Splits a text into deltas; an empty text is one delta. */
export function textPieces(text: string, chars: number): Iterable<string> {
  return text === '' ? [''] : pieces(text, chars)
}

export function* pieces(text: string, chars: number): Generator<string> {
  for (let at = 0; at < text.length; at += chars) yield text.slice(at, at + chars)
}

export function argumentText(call: FakeToolCall): string {
  return typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments)
}

export const DEFAULT_PARTS: AnswerPart[] = [{ text: 'Hello from the fake model.' }]
