// The limits of one run, including its nested runs. The first limit that is reached ends the run: the next request is
// refused with a sentence that names the limit, and the answer so far stays. A nested run also has the limits of its
// own agent.
import { formatUsd } from '#shared/money.ts'
import { t } from '#shared/translate.ts'
import type { ModelCall } from '#shared/ledger.ts'
import { ProviderError } from '../upstream/provider-error.ts'
import type { UpstreamEndpoint } from '../upstream/provider-error-kinds.ts'
import type { CallLedger } from '../upstream/types.ts'
import type { AgentLimits } from './define-agent.ts'
import type { RunCounts } from './run-counts.ts'

/** The same call this often in a row is a loop. */
const MAX_REPEATS = 3

type LimitCode = 'max_tool_calls' | 'max_time' | 'max_cost' | 'repeated_call'

export interface LimitedSoFar {
  /** What an earlier process has used of them. */
  counts?: RunCounts | undefined
  /** The limits of the run that a nested run is part of. */
  outer?: RunLimits
}

export class RunLimits {
  readonly #limits: AgentLimits
  readonly #at: UpstreamEndpoint
  readonly #outer: RunLimits | undefined
  readonly #expired = new AbortController()
  #reached: ProviderError | null = null
  #toolCalls: number
  #spentNanoUsd: number
  #lastCall: string
  #repeats: number
  #standing = 0
  #timer: NodeJS.Timeout | undefined
  #leftMs: number
  #runningSince = 0

  constructor(limits: AgentLimits, at: UpstreamEndpoint, { counts, outer }: LimitedSoFar = {}) {
    this.#outer = outer
    this.#limits = limits
    this.#at = at
    this.#toolCalls = counts?.toolCalls ?? 0
    this.#spentNanoUsd = counts?.spentNanoUsd ?? 0
    this.#lastCall = counts?.lastCall ?? ''
    this.#repeats = counts?.repeats ?? 0
    const { wallTimeMs = Number.POSITIVE_INFINITY } = limits
    this.#leftMs = Math.max(0, wallTimeMs - (counts?.workedMs ?? 0))
    this.#checkCalls()
    this.#checkCost()
    this.#startClock()
  }

  /** Aborts when the time is up. */
  get signal(): AbortSignal {
    return this.#expired.signal
  }

  /** The limit that ends the run; null as long as there is none. */
  get reached(): ProviderError | null {
    return this.#outer?.reached ?? this.#reached
  }

  /** Counts a call. Returns the reason if it must not be executed. */
  refusalOf(name: string, args: string): string | null {
    this.countCall()
    const call = JSON.stringify([name, args])
    this.#repeats = call === this.#lastCall ? this.#repeats + 1 : 1
    this.#lastCall = call
    // Nested runs that work at once may make the same call, so each looks at its own calls.
    if (this.#repeats >= MAX_REPEATS) this.#exceed('repeated_call', name)
    const { reached } = this
    return reached === null ? null : t`Not run. ${reached.message}`
  }

  /** Also of a nested run. */
  countCall(): void {
    this.#outer?.countCall()
    this.#toolCalls += 1
    this.#checkCalls()
  }

  /** Stops the clock until `waiting` settles: a person may take days. */
  async paused<Result>(pending: Promise<Result>): Promise<Result> {
    const waiting = this.#outer?.paused(pending) ?? pending
    this.#standing += 1
    if (this.#standing === 1) this.#stopClock()
    try {
      return await waiting
    } finally {
      this.#standing -= 1
      if (this.#standing === 0) this.#startClock()
    }
  }

  /** The ledger, which refuses requests once a limit is reached and counts the money. */
  over(below: CallLedger): CallLedger {
    const ledger = this.#outer?.over(below) ?? below
    const spend = async (closing: Promise<ModelCall>) => {
      const row = await closing
      this.#spentNanoUsd += row.costNanoUsd ?? 0
      this.#checkCost()
      return row
    }
    return {
      admit: async (call, need, target, stop) => {
        if (this.reached !== null) throw this.reached
        const admission = ledger.admit?.(call, need, target, stop)
        if (admission === undefined) return { admitted: true, outputLimit: need.outputLimit }
        return this.paused(admission)
      },
      open: (call, target) => ledger.open(call, target),
      close: (call, facts, target) => spend(ledger.close(call, facts, target)),
      // What is counted after a stop ends nothing any more.
      amend: (call, facts, target) =>
        ledger.amend?.(call, facts, target) ?? ledger.close(call, facts, target),
    }
  }

  end(): void {
    clearTimeout(this.#timer)
  }

  #checkCalls(): void {
    const { toolCalls = Number.POSITIVE_INFINITY } = this.#limits
    if (this.#toolCalls > toolCalls) this.#exceed('max_tool_calls', `${toolCalls}`)
  }

  #checkCost(): void {
    const { costNanoUsd = Number.POSITIVE_INFINITY } = this.#limits
    if (this.#spentNanoUsd >= costNanoUsd) this.#exceed('max_cost', formatUsd(costNanoUsd))
  }

  #exceed(code: LimitCode, detail: string): void {
    this.#reached ??= new ProviderError(code, this.#at, { detail })
  }

  #startClock(): void {
    this.#runningSince = performance.now()
    if (this.#leftMs === Number.POSITIVE_INFINITY) return
    this.#timer = setTimeout(() => {
      const seconds = Math.round((this.#limits.wallTimeMs ?? 0) / 1000)
      this.#exceed('max_time', t`${seconds} seconds`)
      this.#expired.abort()
    }, this.#leftMs)
  }

  #stopClock(): void {
    clearTimeout(this.#timer)
    this.#leftMs = Math.max(0, this.#leftMs - (performance.now() - this.#runningSince))
  }
}
