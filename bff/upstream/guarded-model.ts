// The one wrapper around every model. A request is in the ledger before it is sent and leaves
// exactly one row, whatever happens to it; a stall, a cut and an empty answer are failures; what
// failed before its first event is tried again; after a token no second paid request is made.
import {
  Usage,
  withTrace,
  type Model,
  type ModelRequest,
  type ModelResponse,
  type StreamEvent,
} from '@openai/agents'
import { setTimeout as delay } from 'node:timers/promises'
import { v7 as uuid } from 'uuid'
import type { Purpose } from '#shared/ledger.ts'
import { AnswerReader } from './answer-reader.ts'
import { factsOf, type Ending } from './call-facts.ts'
import { endingOf } from './ending-of.ts'
import { keepOutput } from './ending-of.ts'
import { ProviderError } from './provider-error.ts'
import { IdleWatchdog } from './idle-watchdog.ts'
import { UNWATCHED, type ModelSink } from './model-sink.ts'
import { outputLimitOf, withOutputLimit } from './output-limit.ts'
import { type Over, readAnswer } from './read-answer.ts'
import { inputText } from './input-text.ts'
import { withResultFiles } from './tool-files.ts'
import { limitEnding } from './ending-of.ts'
import { modelLoaded } from './retry.ts'
import {
  canStream,
  fallbackForFiles,
  fileWay,
  formatFallback,
  withFallbacks,
  type RequestFallback,
} from './request-fallbacks.ts'
import { requestTexts } from './request-text.ts'
import { retryDelayMs } from './retry.ts'
import { secretsOf } from './safe-detail.ts'
import type { Counting } from './agent-run.ts'
import type { Admission, CallFacts, CallLedger, CallStart, ModelTarget } from './types.ts'
import { endpointOf } from './upstream-model.ts'
import { observeWire } from './wire-observer.ts'

export interface GuardOptions {
  target: ModelTarget
  ledger: CallLedger
  runId: string | null
  conversationId: string | null
  /** The call whose nested run asks. */
  parentCallId?: string | undefined
  purpose: Purpose
  agent: string | null
  idleTimeoutMs: number
  /** By default as long as the idle timeout. */
  answerTimeoutMs?: number | undefined
  /** For one request as a whole; a test makes it shorter. */
  maxCallMs?: number | undefined
  firstRetryMs: number
  sink: ModelSink
  /** False for a small call whose answer is used only when it is complete. */
  streamed: boolean
  /** The fallbacks this model needs, learned from its refusals and shared by all its calls. */
  fallbacks: Set<RequestFallback>
  /** The person's stop, and nothing else. */
  stop: AbortSignal
  /** Whether a stop leaves the answer to be read on; without it, it closes the connection. */
  counting?: Counting | undefined
}

interface Read {
  ending: Ending
  /** The facts that amend the row, if the answer is read on. */
  rest: Promise<CallFacts> | null
}

type ResponseDone = Extract<StreamEvent, { type: 'response_done' }>

const UNSENT: Ending = { kind: 'stopped', sent: false }
const NOTHING_READ: Read = { ending: UNSENT, rest: null }

export class GuardedModel implements Model {
  readonly #inner: Model
  readonly #options: GuardOptions

  constructor(inner: Model, options: GuardOptions) {
    this.#inner = inner
    this.#options = options
  }

  /** For callers without a stream, like an agent used as a tool. */
  async getResponse(request: ModelRequest): Promise<ModelResponse> {
    for await (const event of this.#attempts(request, UNWATCHED)) {
      const { id, output, usage } = event.response
      const { inputTokens, outputTokens, totalTokens } = usage
      return {
        responseId: id,
        output,
        usage: new Usage({ inputTokens, outputTokens, totalTokens }),
      }
    }
    throw new DOMException('The run was stopped.', 'AbortError')
  }

  getStreamedResponse(request: ModelRequest): AsyncIterable<StreamEvent> {
    return this.#attempts(request, this.#options.sink)
  }

  async *#attempts(request: ModelRequest, sink: ModelSink): AsyncGenerator<ResponseDone> {
    const { target, stop, firstRetryMs, fallbacks } = this.#options
    let waits = 0
    for (let attempt = 1; !stop.aborted; attempt += 1) {
      const ending = await this.#attempt(request, sink, attempt)
      if (ending.kind === 'stopped') return
      if (ending.kind === 'completed') {
        yield { type: 'response_done', response: ending.response }
        return
      }
      const { fault, started } = ending
      const fallback = fault.fallback ?? fallbackForFiles(fault.code, request)
      if (fallback !== null && !fallbacks.has(fallback)) {
        fallbacks.add(fallback)
        const reason = formatFallback(fallback, target.model)
        void sink.emit({ type: 'retry', attempt: attempt + 1, delayMs: 0, reason })
        continue
      }
      if (fault.code === 'model_loading' && !started) {
        waits += 1
        void sink.emit({ type: 'progress', progress: { stage: 'loading' } })
        await modelLoaded(target, 2 * firstRetryMs, stop)
        continue
      }
      const limits = { maxRetries: target.maxRetries, firstMs: firstRetryMs }
      const delayMs = started ? null : retryDelayMs(fault, attempt - waits, limits)
      if (delayMs === null) throw fault
      void sink.emit({ type: 'retry', attempt: attempt + 1, delayMs, reason: fault.message })
      await delay(delayMs, undefined, { signal: stop }).catch(() => {})
    }
  }

  /** One upstream request: one ledger row. One that is not admitted has none. */
  async #attempt(asked: ModelRequest, sink: ModelSink, attempt: number): Promise<Ending> {
    const { ledger, target, stop, counting } = this.#options
    const agent = this.#options.agent ?? ''
    const announced = this.#describe(attempt)
    const admission = await this.#admit(announced, asked)
    if (!admission.admitted) {
      if (stop.aborted) return UNSENT
      throw new ProviderError('over_budget', endpointOf(target))
    }
    const request = this.#shaped(asked, admission)
    // Someone may have taken days to admit it.
    const call = { ...announced, startedAt: new Date().toISOString() }
    await ledger.open(call, target)
    const startedAt = performance.now()
    const handoffs = new Set(request.handoffs.map((to) => to.toolName))
    const reader = new AnswerReader(sink, agent, handoffs)
    const describe = (ending: Ending) => factsOf(ending, reader, request, startedAt)
    // A stop while the ledger was written: nothing is sent.
    const read = stop.aborted ? NOTHING_READ : await this.#read(request, reader, call, describe)
    const limits = { own: outputLimitOf(asked), allowed: admission.outputLimit }
    const ending = limitEnding(read.ending, limits, target, reader.head.rawUsage)
    const facts = describe(ending)
    keepOutput(ending, reader, sink, agent)
    const closed = ledger.close(call, { ...facts, readsOn: read.rest !== null }, target)
    if (read.rest !== null) counting?.readOn(this.#amend(call, closed, read.rest))
    await closed
    return ending
  }

  async #amend(call: CallStart, closed: Promise<unknown>, rest: Promise<CallFacts>): Promise<void> {
    const { ledger, target } = this.#options
    await closed
    await ledger.amend?.(call, await rest, target)
  }

  async #admit(call: CallStart, asked: ModelRequest): Promise<Admission> {
    const { ledger, target, stop } = this.#options
    const limit = outputLimitOf(asked)
    if (ledger.admit === undefined) return { admitted: true, outputLimit: limit }
    const request = this.#shaped(asked, { outputLimit: limit })
    let text: Promise<string> | undefined
    const need = { inputText: () => (text ??= inputText(request)), outputLimit: limit }
    return ledger.admit(call, need, target, stop)
  }

  #shaped(asked: ModelRequest, { outputLimit }: Pick<Admission, 'outputLimit'>): ModelRequest {
    const { target, fallbacks } = this.#options
    const limited = withOutputLimit(asked, outputLimit, target)
    return withFallbacks(withResultFiles(limited, fileWay(target, fallbacks)), fallbacks)
  }

  async #read(
    request: ModelRequest,
    reader: AnswerReader,
    call: CallStart,
    describe: (ending: Ending) => CallFacts,
  ): Promise<Read> {
    const { target, stop, streamed, fallbacks, counting, maxCallMs } = this.#options
    const { idleTimeoutMs, answerTimeoutMs = idleTimeoutMs } = this.#options
    // While a whole answer is written, nothing is heard.
    const isWhole = streamed && !canStream(request, fallbacks)
    const watchdog = new IdleWatchdog({
      idleMs: isWhole ? answerTimeoutMs : idleTimeoutMs,
      answerMs: answerTimeoutMs,
      callMs: maxCallMs,
    })
    const isSecret = secretsOf(target, () => requestTexts(request))
    const at = endpointOf(target)
    const toEnding = ({ thrown }: Over, isStopped: boolean) => {
      reader.readFailure(thrown)
      const silence = watchdog.silence
      return endingOf({ thrown, reader, at, isSecret, isStopped, silence, id: call.id })
    }
    const observer = reader.observer(watchdog, at)
    const receive = (signal: AbortSignal) =>
      observeWire(observer, () => this.#receive({ ...request, signal }, reader, watchdog))
    const ends = { stop, asked: request.signal, watchdog, counting }
    const { over, rest } = await readAnswer(receive, reader, ends)
    if (over !== null) return { ending: toEnding(over, stop.aborted), rest: null }
    const stopped: Ending = { kind: 'stopped', sent: true }
    const amended = rest.then((end) => ({
      ...describe(toEnding(end, false)),
      status: stopped.kind,
    }))
    return { ending: stopped, rest: amended }
  }

  async #receive(request: ModelRequest, reader: AnswerReader, heard: IdleWatchdog): Promise<void> {
    const { streamed, fallbacks } = this.#options
    if (!streamed || !canStream(request, fallbacks)) reader.readWhole(await this.#askWhole(request))
    else {
      for await (const event of this.#inner.getStreamedResponse(request)) {
        if (reader.read(event)) heard.heard()
        if (reader.isTooMuch) break
      }
    }
    if (reader.isTooMuch) throw new ProviderError('too_much', endpointOf(this.#options.target))
  }

  /** The SDK's models want a trace around this call, even though tracing is off. */
  #askWhole(request: ModelRequest): Promise<ModelResponse> {
    return withTrace('whole answer', () => this.#inner.getResponse(request))
  }

  #describe(attempt: number): CallStart {
    const { runId, conversationId, parentCallId, purpose, agent, target } = this.#options
    return {
      id: uuid(),
      runId,
      conversationId,
      ...(parentCallId !== undefined && { parentCallId }),
      purpose,
      agent,
      provider: target.provider,
      modelRequested: target.model,
      attempt,
      startedAt: new Date().toISOString(),
    }
  }
}
