// For tests: a run whose events, items and ledger rows are kept in memory, in order. Everything between
// it and the wire is real.
import { callKey } from '#shared/call-key.ts'
import { foldAll } from '#shared/fold-run.ts'
import type { ApiKind } from '#shared/api.ts'
import type { ModelCall } from '#shared/ledger.ts'
import type { Message } from '#shared/message.ts'
import { messageText } from '#shared/message-text.ts'
import type { RunEvent } from '#shared/run-event.ts'
import { userItem } from '../upstream/items.ts'
import { type AgentRun, type RunSink, timed } from '../upstream/agent-run.ts'
import type { CallFacts, CallLedger, CallStart, Item, ModelTarget } from '../upstream/types.ts'

export interface LedgerRow extends CallStart, CallFacts {}

export class RecordedLedger implements CallLedger {
  readonly opened: CallStart[] = []
  readonly rows: LedgerRow[] = []
  /** The rows of answers that were read on after a stop. */
  readonly amended: LedgerRow[] = []

  async open(call: CallStart): Promise<void> {
    this.opened.push(call)
  }

  async close(call: CallStart, facts: CallFacts): Promise<ModelCall> {
    this.rows.push({ ...call, ...facts })
    return unpriced(call, facts)
  }

  async amend(call: CallStart, facts: CallFacts): Promise<ModelCall> {
    this.amended.push({ ...call, ...facts })
    return unpriced(call, facts)
  }
}

function unpriced(call: CallStart, facts: CallFacts): ModelCall {
  return {
    ...call,
    ...facts,
    inputTokens: null,
    cachedInputTokens: null,
    cacheWriteTokens: null,
    outputTokens: null,
    reasoningTokens: null,
    costNanoUsd: null,
    certainty: 'unknown',
    priceId: null,
    price: null,
  }
}

export class RecordedRun {
  readonly events: RunEvent[] = []
  readonly items: Item[] = []
  /** Of nested runs, by the call that started them. */
  readonly nested = new Map<string, Item[]>()
  /** Whole outputs that were too long for the model. */
  readonly outputs = new Map<string, string>()
  readonly ledger = new RecordedLedger()
  /** Unexpected errors, and where they were. */
  readonly faults: [error: unknown, at: string][] = []
  readonly #stop = new AbortController()
  readonly #cut = new AbortController()
  readonly #rests: Promise<unknown>[] = []
  #finishCounting = false
  #waiting: { matches: (event: RunEvent) => boolean; resolve: () => void }[] = []

  stop(): void {
    this.#stop.abort()
  }

  stopAndCount(): void {
    this.#finishCounting = true
    this.#stop.abort()
  }

  /** Ends the counting. */
  cut(): void {
    this.#cut.abort()
  }

  /** Resolves when no answer is being read on, with the number of answers that were. */
  async counted(): Promise<number> {
    await Promise.all(this.#rests)
    return this.#rests.length
  }

  /** Resolves when a matching event has been emitted. */
  async saw(matches: (event: RunEvent) => boolean): Promise<void> {
    if (this.events.some(matches)) return
    await new Promise<void>((resolve) => this.#waiting.push({ matches, resolve }))
  }

  sawText(text: string): Promise<void> {
    return this.saw(() => this.text.includes(text))
  }

  /** The message so far. */
  get message(): Message {
    const at = '2026-01-01T00:00:00.000Z'
    const names = { agent: 'assistant', provider: 'fake', model: 'fake-model' }
    const ids = { runId: 'run', conversationId: 'conversation', messageId: 'message' }
    const started: RunEvent = { type: 'run', at, ...ids, ...names }
    const stored = [started, ...this.events].map((event, index) => ({ seq: index + 1, event }))
    const { message } = foldAll(stored)
    if (message === null) throw new Error('The fold gave no message.')
    return message
  }

  get text(): string {
    return messageText(this.message)
  }

  eventsOf<Type extends RunEvent['type']>(type: Type): Extract<RunEvent, { type: Type }>[] {
    return this.events.filter(
      (event): event is Extract<RunEvent, { type: Type }> => event.type === type,
    )
  }

  arguments(target: ModelTarget, changes: Partial<AgentRun> = {}): AgentRun {
    return {
      runId: 'run',
      conversationId: 'conversation',
      agent: 'assistant',
      history: [userItem('A question about the weather in Oslo')],
      target,
      settings: {},
      timeZone: 'Europe/Berlin',
      maxTurns: 5,
      idleTimeoutMs: 10_000,
      ledger: this.ledger,
      user: { id: 'local', tier: 'standard' },
      flags: new Set(),
      log: () => {},
      onError: (error, at) => void this.faults.push([error, at]),
      person: {
        ask: () => Promise.resolve(null),
        isLeaving: () => false,
        ruleFor: () => Promise.resolve(null),
      },
      nested: {
        store: async (callId, items) => {
          this.nested.set(callId, [...(this.nested.get(callId) ?? []), ...structuredClone(items)])
        },
        read: async (callId) => this.nested.get(callId) ?? [],
      },
      storeOutput: async (callId, output, parentCallId) =>
        void this.outputs.set(callKey(callId, parentCallId), output),
      searchMessages: async () => [],
      counting: {
        wanted: () => this.#finishCounting,
        cut: this.#cut.signal,
        readOn: (rest) => void this.#rests.push(rest),
      },
      ...changes,
      ...this.#sink(changes),
    }
  }

  #sink({ emit, storeItems }: Partial<RunSink>): RunSink & Pick<AgentRun, 'signal'> {
    const broken = new AbortController()
    const written: Promise<void>[] = []
    const watch = (writing: Promise<void>) => {
      writing.catch(() => broken.abort())
      written.push(writing)
      return writing
    }
    return {
      emit: (event) => watch(emit?.(event) ?? this.#keepEvent(timed(event))),
      storeItems: (items) => watch(storeItems?.(items) ?? this.#keepItems(items)),
      settled: async () => void (await Promise.all(written)),
      signal: AbortSignal.any([this.#stop.signal, broken.signal]),
    }
  }

  async #keepEvent(event: RunEvent): Promise<void> {
    this.events.push(event)
    for (const { matches, resolve } of this.#waiting) if (matches(event)) resolve()
  }

  async #keepItems(items: Item[]): Promise<void> {
    this.items.push(...structuredClone(items))
  }
}

export function fakeTarget(
  baseUrl: string,
  api: ApiKind,
  changes: Partial<ModelTarget> = {},
): ModelTarget {
  return {
    provider: 'fake',
    kind: 'configured',
    baseUrl,
    api,
    apiKey: 'sk-very-secret-key',
    headers: {},
    maxRetries: 2,
    model: 'fake-model',
    ...changes,
  }
}
