// The sink that an agent writes to while it runs. Callers need not wait for a write: the first one that fails aborts
// the run, because its readers would not see what happens.
import { callKey } from '#shared/call-key.ts'
import type { Run } from '#shared/api.ts'
import type { EventOf, RunEvent } from '#shared/run-event.ts'
import {
  type AgentRun,
  timed,
  type NewEvent,
  type RunOutcome,
  type RunSink,
} from '../upstream/agent-run.ts'
import type { CallLedger, CallStart, Item } from '../upstream/types.ts'
import type { Steer } from '../upstream/steers.ts'
import { userItem } from '../upstream/items.ts'
import { budgetedLedger } from '../budgets/budgeted-ledger.ts'
import { type History, savedBy } from '../context/read-items.ts'
import { CarriedContext } from '../context/carried-context.ts'
import { insertToolUse } from '../context/tool-use-store.ts'
import { Problem } from '../http/problem.ts'
import { useFiles } from './file-use-store.ts'
import { insertItems } from './item-store.ts'
import { CallEstimates } from './call-estimates.ts'
import type { AtCommit } from './live-run.ts'
import type { RunParts } from './run-parts.ts'
import type { StartedRun } from './run-parts.ts'
import { awaitBudget } from './await-budget.ts'
import { askPerson } from './ask-person.ts'
import { insertNestedItems, nestedItems, storeOutput } from './nested-store.ts'
import { claimSteers, steerTold } from './queue-store.ts'
import { insertWait } from './wait-store.ts'
import { blockMessage, withholdItems, withholdNestedItems } from './withhold-store.ts'
import { t } from '#shared/translate.ts'

/** Without a target, no more requests are made. */
type Started = Pick<StartedRun, 'run' | 'settings'> & Partial<Pick<StartedRun, 'target'>>

export class RunOutput implements RunSink {
  readonly #parts: RunParts
  readonly #run: Run
  readonly #isDemo: boolean
  readonly #context: CarriedContext
  readonly #broken = new AbortController()
  #unwritten: Error | null = null
  /** Writes are done in the order of the calls, so the last one stands for all. */
  #lastEvent: Promise<void> = Promise.resolve()
  #lastItems: Promise<void> = Promise.resolve()
  /** Resolves when the results of the tools so far are stored. */
  #lastResult: Promise<void> = Promise.resolve()

  constructor(parts: RunParts, { run, settings, target }: Started) {
    this.#parts = parts
    this.#run = run
    this.#isDemo = target?.kind === 'demo'
    const { db, lines, textsOf } = parts
    const onError = (error: unknown) => lines.fault(error, 'context')
    this.#context = new CarriedContext({ db, run, settings, textsOf, onError })
  }

  get broken(): AbortSignal {
    return this.#broken.signal
  }

  readonly emit = (untimed: NewEvent): Promise<void> => {
    const event = timed(untimed)
    if (event.type === 'waiting') return this.#wait(event)
    if (event.type === 'guardrail') return this.#check(event)
    if (event.type !== 'tool_result') return this.#append(event)
    const { messageId } = this.#run
    const written = this.#append(event, async (trx) => {
      await insertToolUse(trx, this.#run, event, this.#isDemo)
      // Before the message itself names them: it may wait for days.
      if (event.files !== undefined) await useFiles(trx, messageId, event.files)
    })
    this.#lastResult = this.#lastEvent
    return written
  }

  /** Says once what a summary stands for, and that requests carry less. */
  summarized({ summary, snapshot }: History): void {
    const saved = savedBy(summary)
    this.#context.summarized(saved)
    if (summary === null || saved === snapshot?.summaryTokens) return
    const { messages } = summary
    const at = new Date().toISOString()
    void this.emit({ type: 'context', kind: 'summary', at, messages, tokens: Math.max(0, saved) })
  }

  readonly onFit: NonNullable<AgentRun['onFit']> = (tokens, leftOut, unsent) => {
    this.#context.fitted(tokens, leftOut, unsent)
  }

  /** The item follows those that are stored, as the request says it. */
  readonly #tell = async ({ id, text }: Steer): Promise<void> => {
    await this.settled()
    const { conversationId, messageId } = this.#run
    const event = { type: 'steer', at: new Date().toISOString(), text } as const
    return this.#append(event, async (trx) => {
      await steerTold(trx, id)
      await insertItems(trx, conversationId, messageId, [userItem(text)])
    })
  }

  #wait(event: EventOf<'waiting'>): Promise<void> {
    const expiresAt = new Date(Date.parse(event.at) + this.#parts.waitMs).toISOString()
    return this.#append(event, (trx) => insertWait(trx, this.#run, event, expiresAt))
  }

  /** What the model is sent next turn changes together with what readers see. */
  #check(event: EventOf<'guardrail'>): Promise<void> {
    const { name, stage, tripped, parentCallId } = event
    if (!tripped || (stage !== 'input' && stage !== 'output')) return this.#append(event)
    return this.#append(event, async (trx) => {
      if (parentCallId !== undefined) {
        if (stage === 'output') await withholdNestedItems(trx, this.#run.id, parentCallId)
      } else if (stage === 'output') await withholdItems(trx, this.#run, name)
      else await blockMessage(trx, this.#run, name)
    })
  }

  #append(event: RunEvent, also?: AtCommit): Promise<void> {
    const written = this.#parts.log.append(this.#run.id, event, also)
    this.#lastEvent = this.#watch(written)
    return written
  }

  readonly storeItems = (items: Item[]): Promise<void> => {
    const { conversationId, messageId } = this.#run
    const written = this.#parts.db.transaction((trx) =>
      insertItems(trx, conversationId, messageId, items),
    )
    this.#lastItems = this.#watch(written)
    return written
  }

  /** What the run gives its agent besides the log: decisions of people, and storage for what is not shown. */
  agentParts(stop: AbortSignal): Pick<AgentRun, 'person' | 'nested' | 'storeOutput'> {
    const { db } = this.#parts
    const { id } = this.#run
    const keep = (written: Promise<void>) => {
      const before = this.#lastItems
      const both = async () => void (await Promise.all([before, written]))
      this.#lastItems = this.#watch(both())
      return written
    }
    return {
      person: {
        ...askPerson(this.#parts, this.#run, this.emit, stop),
        steers: { next: () => claimSteers(db, id), tell: this.#tell },
      },
      nested: {
        store: (callId, items) => keep(insertNestedItems(db, id, callId, items)),
        read: (callId) => nestedItems(db, id, callId),
      },
      storeOutput: (callId, output, parentCallId) =>
        keep(storeOutput(db, id, callKey(callId, parentCallId), output)),
    }
  }

  /** Reports every closed call to the readers, with the cost of the run and of the conversation so far. */
  get ledger(): CallLedger {
    const { active, ledger, budgetGuard } = this.#parts
    const { id, conversationId } = this.#run
    const held = budgetedLedger(ledger, budgetGuard, {
      onShort: (shortage, stop) => awaitBudget(this.#parts, this.#run, shortage, this.emit, stop),
      onHeld: (back) => void this.emit({ type: 'budget', at: new Date().toISOString(), ...back }),
    })
    const estimates = new CallEstimates(ledger, this.emit)
    const inputTexts = new Map<string, () => Promise<string>>()
    return {
      ...held,
      admit: async (call, need, target, stop) => {
        const admission = await held.admit(call, need, target, stop)
        if (admission.admitted) inputTexts.set(call.id, need.inputText)
        return admission
      },
      open: async (call, target) => {
        await held.open(call, target)
        const inputText = inputTexts.get(call.id)
        inputTexts.delete(call.id)
        if (inputText !== undefined) void this.#watch(estimates.opened(call, target, inputText()))
        if (carriesConversation(call)) await this.#context.sent(call.id)
      },
      close: async (call, facts, target) => {
        const row = await held.close(call, facts, target)
        estimates.closed(row.id, row.inputTokens)
        await this.#lastResult
        const { parentCallId } = call
        const keep = carriesConversation(call) ? await this.#context.booked(row) : undefined
        const run = await ledger.runTotals(id)
        const conversation = await ledger.conversationTotals(conversationId)
        const at = new Date().toISOString()
        const usage = { type: 'usage', at, call: row, run, conversation } as const
        void this.#append({ ...usage, ...(parentCallId && { parentCallId }) }, keep)
        for (const warning of await budgetGuard.warningsAfter(row)) {
          void this.emit({ type: 'budget', at, ...warning })
        }
        return row
      },
      amend: async (call, facts, target) => {
        // The ending stores what the run has cost; what is corrected before that would be lost.
        await active.ended(id)
        return held.amend(call, facts, target)
      },
    }
  }

  /** Throws when something could not be written. */
  readonly settled = async (): Promise<void> => {
    await Promise.all([this.#lastEvent, this.#lastItems])
    if (this.#unwritten !== null) throw this.#unwritten
  }

  /** Returns the outcome of a run that did not reach its own ending. */
  failure(error: unknown): RunOutcome {
    const cause = this.#unwritten ?? error
    if (cause instanceof Problem) {
      return { status: 'failed', code: cause.code, message: cause.message, retryable: true }
    }
    this.#parts.lines.fault(cause, 'run')
    const message = t`Something went wrong inside Tally.`
    return { status: 'failed', code: 'internal', message, retryable: true }
  }

  #watch(written: Promise<void>): Promise<void> {
    return written.catch((error: unknown) => {
      this.#unwritten ??= error instanceof Error ? error : new Error(String(error))
      this.#broken.abort()
    })
  }
}

/** A nested run and a guardrail carry nothing of it. */
function carriesConversation({ parentCallId, purpose }: CallStart): boolean {
  return parentCallId === undefined && purpose === 'chat'
}
