// Asks providers in the background for the usage of interrupted requests, a few times each, and
// corrects their rows. Lookups that are pending when the process ends are done by the next one.
import type { ModelCall } from '#shared/ledger.ts'
import {
  type FoundUsage,
  usagePath,
  type UsageLookupTarget,
  type fetchUsage,
} from '../../upstream/fetch-usage.ts'
import type { CallFacts, ModelTarget } from '../../upstream/types.ts'
import type { Database } from '../../db/open.ts'
import type { BackgroundJobs, Job } from '../../jobs/background-jobs.ts'
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
  /** Returns the provider's current settings, or null if it no longer exists. */
  targetOf: (provider: string) => UsageLookupTarget | null
  ask: typeof fetchUsage
  jobs: BackgroundJobs
  onError: (error: unknown) => void
  now: () => Date
}

export class UsageLookupQueue implements UsageLookups {
  readonly #parts: UsageLookupParts
  readonly #job: Job

  constructor(parts: UsageLookupParts) {
    this.#parts = parts
    this.#job = parts.jobs.add('lookup', (stop) => this.#askAllDue(stop))
  }

  originOf(call: ModelCall, target: ModelTarget): string | null {
    const { status, certainty, rawUsage, responseId } = call
    const isOpen = certainty === 'estimated' || (certainty === 'unknown' && rawUsage === null)
    if (status === 'completed' || !isOpen || responseId === null) return null
    return usagePath(target, responseId) === null ? null : originOf(target)
  }

  wake(): void {
    this.#job.wake()
  }

  async #askAllDue(stop: AbortSignal): Promise<void> {
    const { db, now } = this.#parts
    await removeOldUsageLookups(db, now())
    while (!stop.aborted) {
      const next = await nextUsageLookup(db)
      if (next === null) return
      const waitMs = Date.parse(next.dueAt) - now().getTime()
      if (waitMs > 0) return this.#job.wake(waitMs)
      try {
        await this.#askAbout(next, stop)
      } catch (error) {
        await this.#postpone(next, error)
      }
    }
  }

  /** A failed lookup is postponed so that it does not block the others. */
  async #postpone(lookup: UsageLookup, error: unknown): Promise<void> {
    this.#parts.onError(error)
    await postponeUsageLookup(this.#parts.db, lookup, this.#parts.now())
  }

  async #askAbout(lookup: UsageLookup, stop: AbortSignal): Promise<void> {
    const { db, targetOf, ask, now } = this.#parts
    const { call, origin } = lookup
    const target = targetOf(call.provider)
    const isSame = target !== null && originOf(target) === origin
    const found = isSame ? await ask(target, call.responseId ?? '', stop) : 'never'
    if (found === 'later') {
      // An interrupted lookup is repeated after the next start.
      if (!stop.aborted) await postponeUsageLookup(db, lookup, now())
      return
    }
    const changes = found === 'never' || !isSame ? null : await this.#changes(call, found, target)
    await db.transaction(async (trx) => {
      await removeUsageLookup(trx, call.id)
      if (changes !== null) await correctCall(trx, call.id, changes, 'provider_lookup')
    })
  }

  /** Returns null if the report lacks token counts. */
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
