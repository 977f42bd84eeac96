// The stream that stands in for the one of OpenAI's client. That one passes each event through four generators and a
// race against the abort signal, and the SDK behind it builds objects for each, which costs a fifth of all that a token
// costs the server. Ours ends and fails in the same ways.
import type { EventSourceMessage } from 'eventsource-parser'
import { APIError, type OpenAI } from 'openai'
import { Stream } from 'openai/streaming'
import { readEvents } from './read-response.ts'
import { isRecord, listAt, recordAt, textAt } from './record.ts'
import { PacketResponse } from './upstream-fetch.ts'
import type { WireObserver } from './wire-observer.ts'

export class UpstreamStream<Item> extends Stream<Item> {
  static override fromSSEResponse<Item>(
    response: Response,
    controller: AbortController,
    client?: OpenAI,
  ): Stream<Item> {
    return new Stream<Item>(() => readForClient(response, controller), controller, client)
  }
}

/** Each token of an answer comes in some 300 bytes; no answer that Tally accepts needs more than this. */
export const MAX_STREAM_BYTES = 256 * 1024 * 1024

/** Its events are whatever the provider sends; the client's types are a promise. */
async function* readForClient(
  response: Response,
  controller: AbortController,
  // oxlint-disable-next-line typescript/no-explicit-any
): AsyncGenerator<any> {
  const observer = response instanceof PacketResponse ? response.observer : undefined
  const ahead = new ReadAhead(observer)
  const limits = { maxBytes: MAX_STREAM_BYTES, onPacket: () => observer?.onBytes() }
  const parse = (message: EventSourceMessage) => ahead.pass(readData(message, response.headers))
  try {
    for await (const events of readEvents(response, limits, parse)) yield* events
  } catch (error) {
    if (!controller.signal.aborted) throw error
  } finally {
    // A reader that leaves early closes the connection; one that has ended is not touched by it.
    controller.abort()
  }
  yield* ahead.held()
}

function readData({ event, data: json }: EventSourceMessage, headers: Headers) {
  const data = JSON.parse(json)
  const failure = isRecord(data) ? data['error'] : undefined
  if (!failure && event !== 'error') return data
  throw new APIError(undefined, isRecord(failure) ? failure : data, undefined, headers)
}

/**
 * Deltas that the observer of the call reads straight from the wire. The SDK makes nothing of those of the
 * Responses API, because the last event repeats the whole answer. It builds a Chat answer from its chunks,
 * so it gets their text, but as one chunk before whatever follows.
 */
class ReadAhead {
  readonly #observer: WireObserver | undefined
  #isFirst = true
  #held: Record<string, unknown> | null = null
  #text = ''

  constructor(observer: WireObserver | undefined) {
    this.#observer = observer
  }

  /** What the SDK is given now that this event has come. */
  pass(event: unknown): unknown[] {
    return this.#takes(event) ? [] : [...this.held(), event]
  }

  #takes(event: unknown): boolean {
    if (this.#observer?.takes === undefined) return false
    const text = this.#isFirst ? '' : chunkText(event)
    this.#isFirst = false
    if (text === '') return isResponsesDelta(event) && this.#observer.takes(event)
    if (!isRecord(event) || !this.#observer.takes(event)) return false
    this.#held = event
    this.#text += text
    return true
  }

  /** The chunk that is held back, if any. */
  held(): unknown[] {
    if (this.#held === null) return []
    const [choice] = listAt(this.#held, 'choices')
    const delta = { ...recordAt(choice, 'delta'), content: this.#text }
    const chunk = { ...this.#held, choices: [{ ...Object(choice), delta }] }
    this.#held = null
    this.#text = ''
    return [chunk]
  }
}

const RESPONSES_DELTAS = new Set([
  'response.output_text.delta',
  'response.reasoning_summary_text.delta',
  'response.reasoning_text.delta',
  'response.refusal.delta',
  'response.function_call_arguments.delta',
])

function isResponsesDelta(event: unknown): boolean {
  return RESPONSES_DELTAS.has(textAt(event, 'type'))
}

/** The text of a chunk that says nothing else; empty: it says something else, or nothing. */
export function chunkText(chunk: unknown): string {
  if (!isRecord(chunk) || chunk['usage'] || recordAt(chunk, 'prompt_progress') !== null) return ''
  const [choice, other] = listAt(chunk, 'choices')
  if (!isRecord(choice) || other !== undefined) return ''
  if (choice['index'] !== 0 || choice['finish_reason']) return ''
  const delta = recordAt(choice, 'delta')
  if (delta === null) return ''
  for (const [key, value] of Object.entries(delta)) {
    if (value !== null && key !== 'content' && key !== 'role') return ''
  }
  return textAt(delta, 'content')
}
