// The one place that lets a request spend. Before every request what is left is held against what
// the request can cost at most, and that much is held back until its row is in the ledger, so that
// two requests at once never spend the same money.
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
import { changeOrStop } from './change-or-stop.ts'
import { BudgetWarnings } from './warnings.ts'

export interface BudgetGuardParts {
  db: Database
  /** What the environment set. */
  given: GivenLimits
  price: (target: ModelTarget, inputTokens: number, at: Date) => PriceInForce | null
  now: () => Date
}

export type AdmissionDecision =
  | { kind: 'admitted'; outputLimit: number | null }
  | { kind: 'short'; shortage: BudgetShortage }
  | { kind: 'stopped' }

type Answer = AdmissionDecision | { kind: 'later'; change: Promise<void>; held: BudgetHeld | null }

interface Asking {
  call: CallStart
  model: string
  snapshot: TextSnapshot
  request: Request
  budgets: HeldBudget[]
  /** Null: nobody set one. */
  outputLimit: number | null
}

/** How many output tokens fit: now, and if no other request were under way. */
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
  #turn: Promise<unknown> = Promise.resolve()

  constructor(parts: BudgetGuardParts) {
    this.#parts = parts
  }

  /** Waits while others hold back what this request could have; never for a person. */
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

  /** The output limit with which such a request would be sent now; null: none. */
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
   * What such an answer could cost at most, as it is held against the budgets and as a wait says it;
   * null where no budget applies or the price is not known.
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

  /** In the same step in which the row is booked. Null: the request was never sent. */
  release(callId: string, row: ModelCall | null): void {
    const reservation = this.#reservations.release(callId)
    if (reservation === null || row === null) return
    if (row.rawUsage === null || row.inputTokens === null || row.certainty === 'estimated') return
    this.#counter.learn(reservation.call, reservation.snapshot, row.inputTokens)
  }

  /** The answer was stopped and is read on to its usage. */
  countOn(callId: string): void {
    this.#reservations.countOn(callId)
  }

  /** What is to be said now that this row is booked. */
  async warningsAfter(row: ModelCall): Promise<BudgetWarning[]> {
    const usages = await this.#usages(await this.#budgetsOf(row, row.demo))
    return usages.map((usage) => this.#warnings.after(usage)).filter((warning) => warning !== null)
  }

  /** What one run may spend from now on, whatever the budgets say. */
  async allow(runId: string, allowance: Allowance): Promise<void> {
    const before = await readSpent(this.#parts.db, 'run', runId)
    this.#allowances.set(runId, { allowance, before })
  }

  /** The run is over. */
  forget(runId: string): void {
    this.#allowances.delete(runId)
  }

  /** None holds the demo, because nobody is billed. */
  async #budgetsOf(spendingScope: SpendingScope, isDemo = false): Promise<HeldBudget[]> {
    const { db, given, now } = this.#parts
    return isDemo ? [] : heldBudgets(db, given, spendingScope, now())
  }

  async #size(call: CallStart, target: ModelTarget, text: string): Promise<Request> {
    const inputTokens = await this.#counter.count(call, text)
    const price = this.#parts.price(target, inputTokens, this.#parts.now())
    return { inputTokens, worstCaseRates: price === null ? null : worstCaseRatesOf(price) }
  }

  /** One at a time, so that what is left cannot be given twice. */
  #mutex<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work)
    this.#turn = result.catch(() => {})
    return result
  }

  async #decide(asking: Asking): Promise<Answer> {
    const { request } = asking
    const { most, least, long } = outputsOf(asking.call.purpose, asking.outputLimit)
    // Asked for before anything is read: a change in between is not missed.
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

  /** What is held back is read first: what is booked meanwhile counts twice, and never not at all. */
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

  async #fit({ call, request }: Pick<Asking, 'call' | 'request'>, usages: Usage[]): Promise<Fit> {
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
    { call, snapshot, request, outputLimit }: Asking,
    output: number,
    headroom: number,
  ): AdmissionDecision {
    const { inputTokens, worstCaseRates } = request
    this.#reservations.hold({
      call,
      snapshot,
      nanoUsd: worstCaseRates === null ? 0 : costAtMost(worstCaseRates, inputTokens, output),
      tokens: inputTokens + output,
    })
    // Where nothing limits the answer, nothing is sent.
    return { kind: 'admitted', outputLimit: headroom === Infinity ? outputLimit : output }
  }
}

function minus(a: Spent, b: Spent, times = 1): Spent {
  return { nanoUsd: a.nanoUsd - times * b.nanoUsd, tokens: a.tokens - times * b.tokens }
}
