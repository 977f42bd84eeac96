// Temporary conversations live as long as a page has them open. Each open page has a lease, which it renews; a
// page that is closed gives its lease back, and one that crashed lets it end. Then the conversation is deleted
// for good, with everything that was said in it, and a run that was still active is stopped. Leases are in
// memory: after a start, pages have some time to come back.
import type { Database } from '../db/open.ts'
import type { BackgroundJobs, Job } from '../jobs/background-jobs.ts'
import { purgeConversation, setDeleted } from './change-store.ts'
import { eraseTexts } from './erase-store.ts'
import { listTemporary, type TemporaryRow } from './temporary-store.ts'

const TIMES = {
  /** How long a page may be silent: the timers of a hidden one fire once a minute, or not at all. */
  leaseMs: 15 * 60_000,
  /** How long a page that closes may take to load again. */
  reloadMs: 20_000,
  /** How long pages may take to come back after a start. */
  startMs: 2 * 60_000,
}
export type Times = typeof TIMES

const CHECK_EVERY_MS = 60_000
/** A run that is stopped ends within this time, or is asked after again. */
const STOPPING_MS = 200
const MAX_PAGES = 100

/** Stands for the client that has just created the conversation. */
const CREATOR = ''
/** Stands for a page that may be loading again, as another page. */
const RETURNING = '?'
/** Stands for the pages of an earlier process. */
const START = '*'

interface TemporaryParts {
  db: Database
  jobs: BackgroundJobs
  stopRunOf: (conversationId: string) => Promise<void>
  /** What deletes files that no message uses any more. */
  files: { clean: () => Promise<void> }
  times?: Partial<Times> | undefined
}

export class TemporaryConversations {
  readonly #parts: TemporaryParts
  readonly #job: Job
  readonly #times: Times
  /** When the leases of the pages end, by conversation and page. */
  readonly #leases = new Map<string, Map<string, number>>()
  /** Those that were closed or deleted in this process: a branch that is being copied is hidden, too. */
  readonly #closed = new Set<string>()
  #isStart = true
  /** Something was purged that the write-ahead log still has: perhaps by an earlier process. */
  #isLogDirty = true

  constructor(parts: TemporaryParts) {
    this.#parts = parts
    this.#times = { ...TIMES, ...parts.times }
    this.#job = parts.jobs.add('temporary', (stop) => this.#check(stop), CHECK_EVERY_MS)
  }

  /** A page has the conversation open. */
  renew(id: string, page: string): void {
    const leases = this.#leasesOf(id)
    leases.delete(CREATOR)
    leases.delete(page)
    // It has loaded again.
    leases.delete(RETURNING)
    if (leases.size >= MAX_PAGES) leases.delete(leases.keys().next().value ?? '')
    leases.set(page, performance.now() + this.#times.leaseMs)
  }

  /**
   * A page no longer shows the conversation. It may be loading again. Returns whether the conversation is
   * deleted now.
   */
  release(id: string, page: string, mayReturn: boolean): boolean {
    const leases = this.#leasesOf(id)
    leases.delete(CREATOR)
    leases.delete(page)
    const { reloadMs } = this.#times
    if (mayReturn) leases.set(RETURNING, performance.now() + reloadMs)
    this.#job.wake(mayReturn ? reloadMs : 0)
    return Math.max(...leases.values(), 0) <= performance.now()
  }

  /** The user has deleted it. */
  deleted(id: string): void {
    this.#closed.add(id)
    this.#job.wake()
  }

  #leasesOf(id: string): Map<string, number> {
    const known = this.#leases.get(id)
    if (known !== undefined) return known
    const { startMs, leaseMs } = this.#times
    const [page, ms] = this.#isStart ? [START, startMs] : [CREATOR, leaseMs]
    const leases = new Map([[page, performance.now() + ms]])
    this.#leases.set(id, leases)
    return leases
  }

  async #check(stop: AbortSignal): Promise<void> {
    const rows = await listTemporary(this.#parts.db)
    if (this.#isStart) for (const row of rows) this.#remember(row)
    this.#isStart = false
    const ids = new Set(rows.map(({ id }) => id))
    for (const id of this.#leases.keys()) if (!ids.has(id)) this.#leases.delete(id)
    for (const id of this.#closed) if (!ids.has(id)) this.#closed.delete(id)
    let nextMs = CHECK_EVERY_MS
    for (const row of rows) {
      if (stop.aborted) return
      nextMs = Math.min(nextMs, await this.#checkOne(row))
    }
    if (this.#isLogDirty && (await this.#parts.db.emptyLog())) this.#isLogDirty = false
    if (this.#isLogDirty) nextMs = Math.min(nextMs, STOPPING_MS)
    if (nextMs < CHECK_EVERY_MS) this.#job.wake(nextMs)
  }

  /** What an earlier process did not finish is finished; the others wait for their pages. */
  #remember({ id, isDeleted }: TemporaryRow): void {
    if (isDeleted) this.#closed.add(id)
    else this.#leasesOf(id)
  }

  /** Returns after how many milliseconds to look again. */
  async #checkOne({ id, isDeleted, isRunning }: TemporaryRow): Promise<number> {
    const { db, stopRunOf, files } = this.#parts
    if (isDeleted && !this.#closed.has(id)) return CHECK_EVERY_MS
    if (!isDeleted) {
      const leftMs = Math.max(...this.#leasesOf(id).values(), 0) - performance.now()
      if (leftMs > 0) return leftMs
      this.#closed.add(id)
      await setDeleted(db, id, new Date().toISOString())
    }
    if (isRunning) {
      await stopRunOf(id)
      return STOPPING_MS
    }
    if (!isDeleted) return 0
    this.#isLogDirty = true
    await eraseTexts(db, id)
    await purgeConversation(db, id)
    await files.clean()
    return CHECK_EVERY_MS
  }
}
