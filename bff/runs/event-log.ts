// The log of all runs. `append` assigns the order at once, resolves when the event is committed, and only then does any
// reader see it. One commit serves all runs: their events go into one row of the journal, and from there in portions to
// run_events, where they are ordered by run.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { CompiledQuery } from 'kysely'
import { type FoldedRun, foldOn } from '#shared/fold-run.ts'
import type { Message } from '#shared/message.ts'
import type { RunEvent } from '#shared/run-event.ts'
import { decodeEvent } from '#shared/sse.ts'
import { checksumOf } from '../db/checksum.ts'
import type { Database, Writing } from '../db/open.ts'
import { inEnglish } from '../http/language.ts'
import { Problem } from '../http/problem.ts'
import { eventPortion, eventsAfter, type LoggedEvent } from './event-rows-store.ts'
import { groupCommit } from './group-commit.ts'
import { type AtCommit, type Batch, LiveRun } from './live-run.ts'
import { withholdEvents } from './withhold-store.ts'

const MAX_COMMIT_BYTES = 256 * 1024
/** A quarter of a millisecond each. At 125 commits a second, this is more than any load needs. */
const MAX_MOVED_RUNS = 8

/** A commit that was reported as failed may have moved them already. */
const INSERT_PORTION = `insert into run_events (run_id, seq, type, data, checksum)
  select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 from json_each(?) where true
  on conflict do nothing`

const EMPTY_JOURNAL = `insert or ignore into run_events (run_id, seq, type, data, checksum)
  select e.value ->> 0, e.value ->> 1, e.value ->> 2, e.value ->> 3, e.value ->> 4
  from run_journal, json_each(run_journal.events) e
  where exists (select 1 from runs where runs.id = e.value ->> 0)`

export class EventLog {
  readonly #db: Database
  readonly #live = new Map<string, LiveRun>()
  readonly #dirty = new Set<LiveRun>()
  readonly #commits = groupCommit(() => inEnglish(() => this.#flush()))
  #commit = 0
  /** The last commit that did not fail. Later ones are in the file all the same if only their sync failed. */
  #stored = 0
  #edition = 0

  private constructor(db: Database) {
    this.#db = db
  }

  /** Moves what a crash left in the journal to run_events. */
  static async open(db: Database): Promise<EventLog> {
    await db.transaction(async (trx) => {
      await trx.executeQuery(CompiledQuery.raw(EMPTY_JOURNAL))
      await trx.deleteFrom('run_journal').execute()
    })
    return new EventLog(db)
  }

  /** A run that was just stored: it has no events. `before` is the message that it goes on with. */
  begin(runId: string, before: Message | null = null): void {
    this.#live.set(runId, new LiveRun(runId, { seq: 0, message: before }))
  }

  /** A run of an earlier process: its events are folded and it can be appended to. */
  async resume(runId: string, before: Message | null = null): Promise<FoldedRun> {
    const rows = await eventsAfter(this.#db, runId, 0)
    const events = rows.map(({ seq, type, data }) => ({ seq, event: decodeEvent(type, data) }))
    const folded = foldOn({ seq: 0, message: before }, events)
    this.#live.set(runId, new LiveRun(runId, folded))
    return folded
  }

  append(runId: string, event: RunEvent, also?: AtCommit): Promise<void> {
    const run = this.#live.get(runId)
    if (run === undefined) return Promise.reject(new Error(`run ${runId} is not live`))
    const committed = run.enqueue(event, also)
    this.#dirty.add(run)
    this.#commits.request()
    return committed
  }

  /** Lets a run continue whose last commit failed. Rejected events are lost. */
  mend(runId: string): void {
    this.#live.get(runId)?.mend()
  }

  /** The next events after `seq`, about as many as make up a portion; empty: none yet. */
  async read(runId: string, seq: number): Promise<LoggedEvent[]> {
    return this.#live.get(runId)?.tail.after(seq) ?? (await eventPortion(this.#db, runId, seq))
  }

  /** The events of a run so far, decoded. */
  async *events(runId: string): AsyncGenerator<RunEvent> {
    let portion = await this.read(runId, 0)
    while (portion.length > 0) {
      for (const { type, data } of portion) yield decodeEvent(type, data)
      portion = await this.read(runId, portion.at(-1)?.seq ?? 0)
    }
  }

  /** Returns the committed fold of a live run, or null if the run is not live. */
  folded(runId: string): FoldedRun | null {
    return this.#live.get(runId)?.folded ?? null
  }

  /** Changes when something that readers may have seen is taken back. */
  get edition(): number {
    return this.#edition
  }

  /** Calls `wake` after every commit of a live run, until the returned function is called. */
  subscribe(runId: string, wake: () => void): () => void {
    return this.#live.get(runId)?.subscribe(wake) ?? (() => {})
  }

  followers(runId: string): number {
    return this.#live.get(runId)?.followers ?? 0
  }

  settled(): Promise<void> {
    return this.#commits.settled()
  }

  async #flush(): Promise<void> {
    for (;;) {
      const batches = this.#takeBatches()
      // One commit is not enough for all that has come.
      const isMore = this.#dirty.size > 0
      if (batches.length > 0) await this.#commitOrFail(batches)
      if (!isMore) return
      await yieldToEventLoop()
    }
  }

  /** Takes what fits into a commit of a few milliseconds; the rest waits for the next. */
  #takeBatches(): Batch[] {
    const batches: Batch[] = []
    let bytes = 0
    for (const run of this.#dirty) {
      const batch = run.takeBatch(MAX_COMMIT_BYTES - bytes)
      this.#dirty.delete(run)
      if (batch === null) continue
      batches.push(batch)
      for (const waiting of batch.waiting) bytes += waiting.bytes
      // Behind the others.
      if (run.isWaiting) {
        this.#dirty.add(run)
        break
      }
      if (bytes >= MAX_COMMIT_BYTES) break
    }
    return batches
  }

  async #commitOrFail(batches: Batch[]): Promise<void> {
    const commit = (this.#commit += 1)
    const due = this.#due(commit)
    try {
      const write = (trx: Writing) => this.#write(trx, batches, due, commit)
      // Only this log reads words before they are told. Whatever else is stored is for all to see.
      if (batches.every(isOnlyText)) await this.#db.transactionSyncedLater(write)
      else await this.#db.transaction(write)
    } catch (error) {
      return this.#isolate(batches, error)
    }
    this.#stored = commit
    for (const run of due) run.tail.moved()
    if (batches.some(({ withheld }) => withheld.size > 0)) this.#edition += 1
    for (const batch of batches) {
      batch.run.committed(batch, commit)
      if (batch.ending) this.#live.delete(batch.run.id)
    }
  }

  /** The runs whose events leave the journal: a few at a time, so that no commit takes long. */
  #due(commit: number): LiveRun[] {
    const due: LiveRun[] = []
    for (const run of this.#live.values()) {
      if (run.tail.isDue(commit)) due.push(run)
      if (due.length === MAX_MOVED_RUNS) break
    }
    return due
  }

  /** One run's trouble must not be everyone's; an outage is. */
  async #isolate(batches: Batch[], error: unknown): Promise<void> {
    const outage = error instanceof Problem && error.code === 'unavailable'
    if (batches.length === 1 || outage) {
      for (const batch of batches) batch.run.failed(batch, error)
    } else {
      for (const batch of batches) await this.#commitOrFail([batch])
    }
  }

  async #write(trx: Writing, batches: Batch[], due: LiveRun[], commit: number): Promise<void> {
    const events = JSON.stringify(batches.flatMap(({ run, events }) => rowsOf(events, run.id)))
    if (commit > this.#stored + 1) {
      await trx.deleteFrom('run_journal').where('number', '>', this.#stored).execute()
    }
    await trx.insertInto('run_journal').values({ number: commit, events }).execute()
    for (const run of due) await move(trx, run.id, run.tail.unmoved())
    for (const { run, waiting, events, folded, ending, withheld } of batches) {
      if (ending && !due.includes(run)) await move(trx, run.id, run.tail.unmoved())
      if (ending) await move(trx, run.id, events)
      if (withheld.size > 0) await withholdEvents(trx, run.id, withheld)
      for (const { also } of waiting) await also?.(trx, folded)
    }
    const leaving = [...due, ...batches.filter(({ ending }) => ending).map(({ run }) => run)]
    if (leaving.length > 0) await this.#trimJournal(trx, leaving)
  }

  async #trimJournal(trx: Writing, moved: LiveRun[]): Promise<void> {
    const held = [...this.#live.values()].filter((run) => !moved.includes(run))
    const oldest = Math.min(this.#commit, ...held.map((run) => run.tail.heldCommit))
    await trx.deleteFrom('run_journal').where('number', '<', oldest).execute()
  }
}

function isOnlyText({ ending, waiting, withheld }: Batch): boolean {
  return !ending && withheld.size === 0 && waiting.every(({ also }) => also === undefined)
}

async function move(trx: Writing, runId: string, events: LoggedEvent[]): Promise<void> {
  const rows = JSON.stringify(rowsOf(events, runId))
  await trx.executeQuery(CompiledQuery.raw(INSERT_PORTION, [rows]))
}

/** As the journal holds them: run, seq, type, data, checksum. */
function rowsOf(events: LoggedEvent[], runId: string): unknown[] {
  return events.map(({ seq, type, data }) => {
    const checksum = checksumOf('run_events', { run_id: runId, seq, type, data })
    return [runId, seq, type, data, checksum]
  })
}
