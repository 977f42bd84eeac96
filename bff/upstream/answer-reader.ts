// Reads the raw events of one model call, of both API kinds, as they come: hands deltas to the
// sink, and keeps what the ledger and the checks at the end need.
import { protocol, type ModelResponse, type StreamEvent } from '@openai/agents'
import { APIError } from 'openai'
import { AnswerHead } from './answer-head.ts'
import type { IdleWatchdog } from './idle-watchdog.ts'
import { type ModelSink, UNWATCHED } from './model-sink.ts'
import { outputText } from './items.ts'
import { ProviderError } from './provider-error.ts'
import type { UpstreamEndpoint } from './provider-error-kinds.ts'
import { PromptProgress, type ReadSoFar } from './prompt-progress.ts'
import { chunkText } from './upstream-stream.ts'
import { isRecord, listAt, nameAt, recordAt, textAt } from './record.ts'
import { sendableName, UNNAMED_TOOL } from './sendable-call.ts'
import type { WireObserver } from './wire-observer.ts'

export type Response = protocol.StreamEventResponseCompleted['response']

type OpenCall = Record<'callId' | 'name', string>

/** More than any model writes; without an end, an answer would fill memory and disk. */
export const MAX_CHARS = 2_000_000
/** The SDK's work for the calls of one answer grows with the square of their number. */
export const MAX_CALLS = 64

export class AnswerReader {
  text = ''
  refusal = ''
  readonly head = new AnswerHead()
  response: Response | null = null
  firstDeltaAt: number | null = null
  /** Raw chunks of the Chat API were seen; there, only `finish_reason` tells that an answer is complete. */
  isChat = false
  /** Part of the answer was received. */
  started = false
  finalUsageSeen = false
  /** The request was sent twice, because the connection that was kept open had been closed. */
  resent = false

  #sink: ModelSink
  readonly #agent: string
  /** Handoffs look like tool calls on the wire, but are no tools to the user. */
  readonly #hiddenTools: Set<string>
  readonly #open = new Map<unknown, OpenCall>()
  #besides = ''
  /** Text that arrived after the user stopped the answer. */
  #unseen = ''
  #left = false
  readonly #progress = new PromptProgress()
  #chars = 0
  /** The number of characters read that the SDK has not passed on yet. */
  #ahead = 0
  #calls = 0

  constructor(sink: ModelSink, agent: string, hiddenTools: Set<string>) {
    this.#sink = sink
    this.#agent = agent
    this.#hiddenTools = hiddenTools
  }

  /** All that came back, complete or not, for an estimate of its size. */
  get outputText(): string {
    return this.text + this.#unseen + this.refusal + this.#besides
  }

  /** The answer does not end, or is meant to do harm. */
  get isTooMuch(): boolean {
    const calls = this.response?.output.filter(({ type }) => type === 'function_call').length ?? 0
    return this.#chars > MAX_CHARS || Math.max(this.#calls, calls) > MAX_CALLS
  }

  /** How much of the prompt the server has read, if it reports that. */
  get promptProgress(): ReadSoFar | null {
    return this.#progress.latest
  }

  /** The user has stopped it: the rest is counted and not shown. */
  leave(): void {
    this.#sink = UNWATCHED
    this.#left = true
  }

  hidesTool(name: string): boolean {
    return this.#hiddenTools.has(sendableName(name))
  }

  /** Returns an observer of the wire, from which the deltas are read directly. */
  observer(watchdog: IdleWatchdog, at: UpstreamEndpoint): WireObserver {
    return {
      onBytes: () => watchdog.alive(),
      onResend: () => {
        this.resent = true
      },
      takes: (event) => {
        if (this.#readDelta(event)) watchdog.heard()
        if (this.isTooMuch) throw new ProviderError('too_much', at)
        return true
      },
    }
  }

  /** Returns whether the event says anything. */
  #readDelta(event: unknown): boolean {
    const before = this.#chars
    this.started = true
    const type = textAt(event, 'type')
    if (type === '') this.#readAhead(event)
    else if (type === 'response.output_text.delta') this.#token(textAt(event, 'delta'))
    else this.#readResponses(event)
    return this.#chars > before
  }

  #readAhead(chunk: unknown): void {
    const text = chunkText(chunk)
    this.#readChunk(chunk)
    this.#ahead += text.length
    this.#token(text)
  }

  #notRead(delta: string): string {
    const known = Math.min(this.#ahead, delta.length)
    this.#ahead -= known
    return delta.slice(known)
  }

  /** Returns whether the event says anything: a piece of the answer, or the progress with the prompt. */
  read(event: StreamEvent): boolean {
    const before = this.#chars
    const isProgress =
      event.type === 'model' && !this.started && this.#progress.read(event.event, this.#sink)
    if (!isProgress) this.#readEvent(event)
    return isProgress || this.#chars > before || this.response !== null
  }

  #readEvent(event: StreamEvent): void {
    // The SDK says so before it has read the first event.
    if (event.type === 'response_started') return
    // The SDK also says so, with nothing in it, when a silent stream is broken off.
    this.started ||= event.type !== 'response_done' || event.response.output.length > 0
    switch (event.type) {
      case 'output_text_delta':
        return this.#token(this.#notRead(event.delta))
      case 'response_done':
        return this.#finish(event.response)
      case 'model':
        return textAt(event.event, 'type').startsWith('response.')
          ? this.#readResponses(event.event)
          : this.#readChunk(event.event)
    }
  }

  /** Reads an answer that came in one piece. */
  readWhole(answer: ModelResponse): void {
    this.started = true
    const { responseId = '', output, rawUsage, providerData } = answer
    const { inputTokens, outputTokens, totalTokens } = answer.usage
    const [choice] = listAt(providerData, 'choices')
    if (choice !== undefined) this.#readChunk(providerData)
    else this.head.readEnd(providerData ?? {})
    this.head.rawUsage = rawUsage ?? this.head.rawUsage
    const usage = { inputTokens, outputTokens, totalTokens }
    const done = { type: 'response_done', response: { id: responseId, output, usage } }
    this.head.requestId = nameAt(answer, 'requestId') || null
    this.#finish(protocol.StreamEventResponseCompleted.parse(done).response)
  }

  /** Keeps the request id of the error that ended the reading or prevented it. */
  readFailure(thrown: unknown): void {
    if (thrown instanceof APIError)
      this.head.requestId = nameAt(thrown, 'requestID') || this.head.requestId
  }

  /** Servers that do not stream text, or not all of it, have it in the finished answer. */
  #finish(response: Response): void {
    this.response = response
    this.head.requestId = nameAt(response, 'requestId') || this.head.requestId
    const whole = outputText(response.output)
    const known = this.text + this.#unseen
    if (whole.startsWith(known)) this.#token(whole.slice(known.length))
  }

  #readChunk(chunk: unknown): void {
    if (!isRecord(chunk)) return
    this.isChat = true
    this.head.read(chunk)
    const choices = listAt(chunk, 'choices')
    if (recordAt(chunk, 'usage') !== null && choices.length === 0) this.finalUsageSeen = true
    const [choice] = choices
    this.head.finishReason = nameAt(choice, 'finish_reason') || this.head.finishReason
    const delta = recordAt(choice, 'delta')
    if (delta === null) return
    this.#reasoning(textAt(delta, 'reasoning'))
    this.#refuse(textAt(delta, 'refusal'))
    for (const call of listAt(delta, 'tool_calls')) {
      const wire = recordAt(call, 'function')
      const index = isRecord(call) ? call['index'] : undefined
      const callId = textAt(call, 'id')
      if (callId !== '') this.#openCall(index, callId, textAt(wire, 'name'))
      this.#argument(index, textAt(wire, 'arguments'))
    }
  }

  #readResponses(event: unknown): void {
    if (!isRecord(event)) return
    const item = recordAt(event, 'item')
    switch (event['type']) {
      case 'response.created':
        return this.head.read(recordAt(event, 'response') ?? {})
      case 'response.reasoning_summary_part.added':
        if (typeof event['summary_index'] === 'number' && event['summary_index'] > 0) {
          this.#reasoning('\n\n')
        }
        return
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning_text.delta':
        return this.#reasoning(textAt(event, 'delta'))
      case 'response.refusal.delta':
        return this.#refuse(textAt(event, 'delta'))
      case 'response.output_item.added':
        if (textAt(item, 'type') !== 'function_call') return
        return this.#openCall(event['output_index'], textAt(item, 'call_id'), textAt(item, 'name'))
      case 'response.function_call_arguments.delta':
        return this.#argument(event['output_index'], textAt(event, 'delta'))
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
        return this.head.readEnd(recordAt(event, 'response') ?? {})
    }
  }

  #token(delta: string): void {
    if (delta === '') return
    this.#arrived(delta)
    if (this.#left) this.#unseen += delta
    else this.text += delta
    void this.#sink.emit({ type: 'token', delta })
  }

  #reasoning(delta: string): void {
    if (delta === '') return
    this.#arrived(delta)
    this.#besides += delta
    void this.#sink.emit({ type: 'reasoning', delta })
  }

  /** A refusal is text to the reader. */
  #refuse(delta: string): void {
    if (delta === '') return
    this.#arrived(delta)
    this.refusal += delta
    void this.#sink.emit({ type: 'token', delta })
  }

  #openCall(itemKey: unknown, callId: string, name: string): void {
    this.#open.set(itemKey, { callId, name })
    this.#calls += 1
    this.#arrived(callId + name)
    this.#argument(itemKey, '')
  }

  #argument(itemKey: unknown, delta: string): void {
    const call = this.#open.get(itemKey)
    if (call === undefined) return
    this.#arrived(delta)
    this.#besides += delta
    if (this.hidesTool(call.name)) return
    const { callId, name } = call
    const named = { callId, name: name || UNNAMED_TOOL, agent: this.#agent }
    void this.#sink.emit({ type: 'tool_call', phase: 'arguments', ...named, delta })
  }

  #arrived(delta: string): void {
    this.#chars += delta.length
    this.firstDeltaAt ??= performance.now()
  }
}
