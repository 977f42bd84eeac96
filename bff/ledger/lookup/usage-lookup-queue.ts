// Asks providers in the background what requests used that were cut off or broke, a few times each,
// and corrects their rows by what they say. What is left when the process ends is asked by the next.
import type { ModelCall } from '#shared/ledger.ts'
import {
  type FoundUsage,
  usagePath,
  type UsageLookupTarget,
  type fetchUsage,
} from '../../upstream/fetch-usage.ts'
import type { CallFacts, ModelTarget } from '../../upstream/types.ts'
import type { Database } from '../../db/open.ts'
import type { PriceBook } from '../pricing/price-book.ts'
import { type UsageLookups, toModelCall } from '../calls/record-call.ts'
import { type CallChanges, changesTo, correctCall } from '../calls/correction-store.ts'
import { readUsage } from '../usage/read-usage.ts'
import {
  type UsageLookup,
  nextUsageLookup,
  postponeUsageLookup,
  removeUsageLookup,
  removeOldUsageLookups,
} from './lookup-store.ts'

export interface UsageLookupParts {
  db: Database
  book: Pick<PriceBook, 'overrides'>
  /** The provider of this name as it is set now. */
  targetOf: (provider: string) => UsageLookupTarget | null
  ask: typeof fetchUsage
  onError: (error: unknown) => void
  now: () => Date
}

export class UsageLookupQueue implements UsageLookups {
  readonly #parts: UsageLookupParts
  readonly #ending = new AbortController()
  #work: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined

  constructor(parts: UsageLookupParts) {
    this.#parts = parts
  }

  /** Takes up what an earlier process left. */
  start(): void {
    const { db, now } = this.#parts
    this.#enqueue(() => removeOldUsageLookups(db, now()))
    this.wake()
  }

  originOf(call: ModelCall, target: ModelTarget): string | null {
    const { status, certainty, rawUsage, responseId } = call
    const isOpen = certainty === 'estimated' || (certainty === 'unknown' && rawUsage === null)
    if (status === 'completed' || !isOpen || responseId === null) return null
    return usagePath(target, responseId) === null ? null : originOf(target)
  }

  wake(): void {
    if (this.#ending.signal.aborted) return
    clearTimeout(this.#timer)
    this.#enqueue(() => this.#askAllDue())
  }

  async stop(): Promise<void> {
    this.#ending.abort()
    clearTimeout(this.#timer)
    await this.#work
  }

  #enqueue(task: () => Promise<void>): void {
    this.#work = this.#work.then(task).catch(this.#parts.onError)
  }

  async #askAllDue(): Promise<void> {
    const { db, now } = this.#parts
    while (!this.#ending.signal.aborted) {
      const next = await nextUsageLookup(db)
      if (next === null) return
      const waitMs = Date.parse(next.dueAt) - now().getTime()
      if (waitMs > 0) {
        clearTimeout(this.#timer)
        this.#timer = setTimeout(() => this.wake(), waitMs).unref()
        return
      }
      try {
        await this.#askAbout(next)
      } catch (error) {
        await this.#giveWay(next, error)
      }
    }
  }

  /** What goes wrong with one keeps nobody from asking about the others. */
  async #giveWay(lookUp: UsageLookup, error: unknown): Promise<void> {
    this.#parts.onError(error)
    await postponeUsageLookup(this.#parts.db, lookUp, this.#parts.now())
  }

  async #askAbout(lookUp: UsageLookup): Promise<void> {
    const { db, targetOf, ask, now } = this.#parts
    const { call, origin } = lookUp
    const target = targetOf(call.provider)
    const isSame = target !== null && originOf(target) === origin
    const found = isSame ? await ask(target, call.responseId ?? '', this.#ending.signal) : 'never'
    if (found === 'later') {
      // Whoever was interrupted asks again after the next start.
      if (!this.#ending.signal.aborted) await postponeUsageLookup(db, lookUp, now())
      return
    }
    const changes = found === 'never' || !isSame ? null : await this.#changes(call, found, target)
    await db.transaction(async (trx) => {
      await removeUsageLookup(trx, call.id)
      if (changes !== null) await correctCall(trx, call.id, changes, 'provider_lookup')
    })
  }

  /** Null: it says less than the estimate that there is. */
  async #changes(
    call: ModelCall,
    found: FoundUsage,
    target: UsageLookupTarget,
  ): Promise<CallChanges | null> {
    const usage = readUsage(found.rawUsage, null)
    if (usage === null || usage.inputTokens === null || usage.outputTokens === null) return null
    const facts: CallFacts = {
      ...call,
      ...found,
      modelReturned: found.modelReturned ?? call.modelReturned,
      serviceTier: found.serviceTier ?? call.serviceTier,
      inputText: () => Promise.resolve(''),
      outputText: '',
      resent: call.flags?.includes('resent') ?? false,
    }
    const named = { ...target, provider: call.provider, model: call.modelRequested, maxRetries: 0 }
    return changesTo(await toModelCall(call, facts, named, this.#parts.book.overrides()))
  }
}

function originOf({ baseUrl }: UsageLookupTarget): string | null {
  return baseUrl === null ? null : new URL(baseUrl).origin
}
