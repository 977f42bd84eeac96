// The only place that lets a request spend. Before a request is sent, its worst-case cost is checked
// against the remaining budget and reserved until its row is in the ledger, so that two concurrent
// requests never spend the same money.
import type {
  Allowance,
  BudgetHeld,
  BudgetShortage,
  BudgetWarning,
  GivenLimits,
} from '#shared/budgets.ts'
import type { ModelCall } from '#shared/ledger.ts'
import type { CallNeed, CallStart, ModelTarget } from '../upstream/types.ts'
import type { Database } from '../db/open.ts'
import { createMutex } from '../jobs/mutex.ts'
import { estimateTokens } from '../ledger/calls/estimate.ts'
import type { PriceInForce } from '../ledger/pricing/price.ts'
import { readSpent, type Spent } from './budget-store.ts'
import { InputCounter, snapshotOf, type TextSnapshot } from './estimate-input.ts'
import { MAX_OUTPUT, outputsOf } from './answer-length.ts'
import { type HeldBudget, heldBudgets, type SpendingScope } from './budgets-in-force.ts'
import { shortageOf } from './offer.ts'
import { Reservations } from './reservations.ts'
import { budgetUse, type Headroom, headroomOfAllowance, headroomWithin } from './headroom.ts'
import type { Request, Usage } from './headroom.ts'
import { costAtMost, worstCaseRatesOf } from './worst-case-rates.ts'
import { type OnHeld, budgetWaitNotice } from './budget-wait-notice.ts'
import { changeOrStop } from './offer.ts'
import { BudgetWarnings } from './warnings.ts'

export interface BudgetGuardParts {
  db: Database
  /** The limits from the environment. */
  given: GivenLimits
  price: (target: ModelTarget, inputTokens: number, at: Date) => PriceInForce | null
  now: () => Date
}

export type AdmissionDecision =
  | { kind: 'admitted'; outputLimit: number | null }
  | { kind: 'short'; shortage: BudgetShortage }
  | { kind: 'stopped' }

type Answer = AdmissionDecision | { kind: 'later'; change: Promise<void>; held: BudgetHeld | null }

interface AdmissionRequest {
  call: CallStart
  model: string
  snapshot: TextSnapshot
  request: Request
  budgets: HeldBudget[]
  /** Null if none is set. */
  outputLimit: number | null
}

/** How many output tokens fit now, and how many would fit without other running requests. */
interface Fit {
  now: number
  alone: number
  tightest: Headroom
  tightestNow: Headroom
}

export class BudgetGuard {
  readonly #parts: BudgetGuardParts
  readonly #counter = new InputCounter(estimateTokens)
  readonly #reservations = new Reservations()
  readonly #warnings = new BudgetWarnings()
  readonly #allowances = new Map<string, { allowance: Allowance; before: Spent }>()
  /** Runs one decision at a time, so that headroom is not given twice. */
  readonly #mutex = createMutex()

  constructor(parts: BudgetGuardParts) {
    this.#parts = parts
  }

  /** Waits while other requests have reserved the headroom, but never for a decision of the user. */
  async admit(
    call: CallStart,
    { inputText, outputLimit }: CallNeed,
    target: ModelTarget,
    stop: AbortSignal,
    onHeld: OnHeld = () => {},
  ): Promise<AdmissionDecision> {
    const wait = budgetWaitNotice(onHeld)
    try {
      while (!stop.aborted) {
        const budgets = await this.#budgetsOf(call, target.kind === 'demo')
        if (budgets.length === 0) return { kind: 'admitted', outputLimit }
        const text = await inputText()
        const request = await this.#size(call, target, text)
        const snapshot = await snapshotOf(text)
        const asking = { call, model: target.model, snapshot, request, budgets, outputLimit }
        const answer = await this.#mutex(() => this.#decide(asking))
        if (answer.kind !== 'later') return answer
        if (answer.held !== null) wait.see(answer.held)
        await changeOrStop(answer.change, stop)
      }
      return { kind: 'stopped' }
    } finally {
      wait.over()
    }
  }

  /** Returns the output limit in tokens that such a request would get now. Null for no limit. */
  async outputLimit(
    spendingScope: SpendingScope,
    target: ModelTarget,
    inputTokens: number,
    own: number | null,
  ): Promise<number | null> {
    const { price, now } = this.#parts
    const usages = await this.#usages(await this.#budgetsOf(spendingScope, target.kind === 'demo'))
    const inForce = price(target, inputTokens, now())
    const worstCaseRates = inForce === null ? null : worstCaseRatesOf(inForce)
    const headroom = headroomWithin(usages, { inputTokens, worstCaseRates }).outputTokens
    if (headroom === Infinity) return own
    return Math.max(0, Math.min(own ?? MAX_OUTPUT.chat, headroom))
  }

  /**
   * Returns the worst-case cost of such an answer in nano-dollars, as reserved and as shown in a wait.
   * Null if no budget applies or the price is unknown.
   */
  async ceiling(
    call: CallStart,
    target: ModelTarget,
    outputLimit: number | null,
    inputText: () => Promise<string | null>,
  ): Promise<number | null> {
    const budgets = await this.#budgetsOf(call, target.kind === 'demo')
    const text = budgets.length === 0 ? null : await inputText()
    if (text === null) return null
    const request = await this.#size(call, target, text)
    const fit = await this.#fit({ call, request }, await this.#usages(budgets))
    const { most, least, long } = outputsOf(call.purpose, outputLimit)
    const output = Math.min(most, fit.alone) < least ? long : Math.min(most, fit.alone)
    return request.worstCaseRates && costAtMost(request.worstCaseRates, request.inputTokens, output)
  }

  /** Call in the step that stores the row. `row` is null if the request was never sent. */
  release(callId: string, row: ModelCall | null): void {
    const reservation = this.#reservations.release(callId)
    if (reservation === null || row === null) return
    if (row.rawUsage === null || row.inputTokens === null || row.certainty === 'estimated') return
    this.#counter.learn(reservation.call, reservation.snapshot, row.inputTokens)
  }

  /** Keeps the reservation of a stopped answer while its stream is read on for the usage. */
  countOn(callId: string): void {
    this.#reservations.countOn(callId)
  }

  /** Returns the warnings that this row triggers. */
  async warningsAfter(row: ModelCall): Promise<BudgetWarning[]> {
    const usages = await this.#usages(await this.#budgetsOf(row, row.demo))
    return usages.map((usage) => this.#warnings.after(usage)).filter((warning) => warning !== null)
  }

  /** Lets a run spend this much more, whatever the budgets say. */
  async allow(runId: string, allowance: Allowance): Promise<void> {
    const before = await readSpent(this.#parts.db, 'run', runId)
    this.#allowances.set(runId, { allowance, before })
  }

  /** Call when the run has ended. */
  forget(runId: string): void {
    this.#allowances.delete(runId)
  }

  /** No budget limits the demo, which is not billed. */
  async #budgetsOf(spendingScope: SpendingScope, isDemo = false): Promise<HeldBudget[]> {
    const { db, given, now } = this.#parts
    return isDemo ? [] : heldBudgets(db, given, spendingScope, now())
  }

  async #size(call: CallStart, target: ModelTarget, text: string): Promise<Request> {
    const inputTokens = await this.#counter.count(call, text)
    const price = this.#parts.price(target, inputTokens, this.#parts.now())
    return { inputTokens, worstCaseRates: price === null ? null : worstCaseRatesOf(price) }
  }

  async #decide(asking: AdmissionRequest): Promise<Answer> {
    const { request } = asking
    const { most, least, long } = outputsOf(asking.call.purpose, asking.outputLimit)
    // Subscribes before reading, so that no change in between is missed.
    const change = this.#reservations.nextChange
    const usages = await this.#usages(asking.budgets)
    for (const usage of usages) this.#warnings.see(usage)
    const fit = await this.#fit(asking, usages)
    const wanted = Math.min(most, fit.alone)
    if (wanted >= least && fit.now < wanted) {
      return { kind: 'later', change, held: this.#heldBack(fit.tightestNow) }
    }
    if (wanted >= least) return this.#hold(asking, Math.min(most, fit.now), fit.now)
    return {
      kind: 'short',
      shortage: shortageOf(fit.tightest, usages, request, long, asking.model),
    }
  }

  /** Reads reservations before spending: a concurrent booking is counted twice, never missed. */
  #usages(budgets: HeldBudget[]): Promise<Usage[]> {
    const { db } = this.#parts
    const held = budgets.map((budget) => ({
      budget,
      reserved: this.#reservations.of(budget.scope, budget.key),
    }))
    return Promise.all(
      held.map(async ({ budget, reserved }) => ({
        budget,
        reserved,
        spent: await readSpent(db, budget.scope, budget.key),
      })),
    )
  }

  async #fit(
    { call, request }: Pick<AdmissionRequest, 'call' | 'request'>,
    usages: Usage[],
  ): Promise<Fit> {
    const alone = usages.map((usage) => ({ ...usage, reserved: { nanoUsd: 0, tokens: 0 } }))
    const tightest = headroomWithin(alone, request)
    const tightestNow = headroomWithin(usages, request)
    const allowed = await this.#allowed(call.runId, request)
    return {
      now: Math.max(tightestNow.outputTokens, allowed.now),
      alone: Math.max(tightest.outputTokens, allowed.alone),
      tightest,
      tightestNow,
    }
  }

  #heldBack({ usage }: Headroom): BudgetHeld | null {
    if (usage === null) return null
    const { scope, key } = usage.budget
    return { ...budgetUse(usage), heldFor: this.#reservations.countedRuns(scope, key) }
  }

  async #allowed(runId: string | null, request: Request): Promise<Pick<Fit, 'now' | 'alone'>> {
    const granted = runId === null ? undefined : this.#allowances.get(runId)
    if (runId === null || granted === undefined) return { now: -1, alone: -1 }
    const { allowance, before } = granted
    const reserved = this.#reservations.of('run', runId)
    const spent = minus(await readSpent(this.#parts.db, 'run', runId), before)
    return {
      now: headroomOfAllowance(allowance, minus(spent, reserved, -1), request),
      alone: headroomOfAllowance(allowance, spent, request),
    }
  }

  #hold(
    { call, snapshot, request, budgets, outputLimit }: AdmissionRequest,
    output: number,
    headroom: number,
  ): AdmissionDecision {
    const { inputTokens, worstCaseRates } = request
    this.#reservations.hold({
      call,
      folderId: budgets.find(({ scope }) => scope === 'folder')?.key ?? null,
      snapshot,
      nanoUsd: worstCaseRates === null ? 0 : costAtMost(worstCaseRates, inputTokens, output),
      tokens: inputTokens + output,
    })
    // Without a limiting budget, only the caller's own limit is sent.
    return { kind: 'admitted', outputLimit: headroom === Infinity ? outputLimit : output }
  }
}

function minus(a: Spent, b: Spent, times = 1): Spent {
  return { nanoUsd: a.nanoUsd - times * b.nanoUsd, tokens: a.tokens - times * b.tokens }
}
