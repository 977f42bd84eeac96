// What the fake upstream is told to answer. The same answer is spoken on both APIs.

/** A piece of an answer, in the order in which it is sent. */
export type AnswerPart =
  | { text: string }
  | { reasoning: string }
  | { refusal: string }
  | { call: FakeToolCall }
  /** Holds the answer back until the promise settles: the way to act in the middle of an answer. */
  | { wait: Promise<unknown> }
  /** What goes wrong at this place. */
  | { fault: MidAnswerFault }

export interface FakeToolCall {
  /** Undefined: the call has no name. */
  name: string | null | undefined
  /** An object is sent as JSON text, a string as it is. */
  arguments: string | object
  id?: string
}

export type MidAnswerFault =
  | 'cut_off' // the answer ends cleanly, but too early
  | 'destroy' // the socket breaks
  | 'stall' // nothing more comes, the socket stays open
  | 'malformed' // a frame that is not JSON
  | 'error_frame' // the provider reports an error inside the stream

/** What a server sends while it has not begun to answer. */
export type BeforeAnswer =
  /** Comments that keep the connection alive. */
  | { comments: number; everyMs: number }
  /** How much of the prompt is read. */
  | { processed: number; total: number }
  | { wait: Promise<unknown> }

export interface Answer {
  before?: BeforeAnswer[]
  parts?: AnswerPart[]
  /** Sends this status and `errorBody` instead of an answer. */
  status?: number
  errorBody?: unknown
  headers?: Record<string, string>
  /** What happens instead of an answer. */
  instead?: 'close' | 'hang' | 'html' | 'json' | 'empty'
  /** Null: no usage is reported. An object is sent verbatim. */
  usage?: Record<string, unknown> | null
  /** How the answer ends; `failed` exists on the Responses API only. */
  finish?: 'stop' | 'length' | 'content_filter' | 'failed' | 'none'
  model?: string
  id?: string | null
  serviceTier?: string
  /** Characters per delta, and milliseconds before the first and between deltas. */
  chars?: number
  firstMs?: number
  everyMs?: number
  /** Where the Chat API puts reasoning. */
  reasoningKey?: 'reasoning' | 'reasoning_content'
  quirks?: ChatQuirk[]
  /** The connection is kept, and reset as soon as the next request arrives on it. */
  breaksWhenKept?: boolean
}

/** What real Chat servers get wrong. */
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

/** What a wire format yields for the server to act on. */
export type Frame = { send: object } | { wait: Promise<unknown> } | { fault: MidAnswerFault }

export interface Asked {
  /** How many requests of this kind came before. */
  index: number
  model: string
}

/** The pieces of a text; an empty one is sent, too. */
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
