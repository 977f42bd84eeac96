// Reads stored events of a run, in portions.
import { sql } from 'kysely'
import type { RunEvent } from '#shared/run-event.ts'
import { encodeData } from '#shared/sse.ts'
import { english } from '#shared/translate.ts'
import { isDamaged } from '../db/checksum.ts'
import type { Damage } from '../db/damage.ts'
import type { Database } from '../db/open.ts'
import type { RunEventsRow } from '../db/schema.ts'

export interface LoggedEvent {
  seq: number
  type: string
  data: string
}

type StoredEvents = Pick<Database, 'kysely' | 'damage'>

/** What a reader of events is given at a time. */
export const MAX_PORTION_BYTES = 32 * 1024
/** A reader takes a portion at a time, and a row is at least so small that these fill one. */
const MAX_ROWS_READ = 512

/** Reads their sizes first, so that not more is read than is sent. */
export async function eventPortion(
  db: StoredEvents,
  runId: string,
  after: number,
): Promise<LoggedEvent[]> {
  const sizes = await queryAfter(db, runId, after)
    .select(['seq', sql<number>`octet_length(data)`.as('bytes')])
    .limit(MAX_ROWS_READ)
    .execute()
  let bytes = 0
  const full = sizes.find((row) => (bytes += row.bytes) > MAX_PORTION_BYTES)
  const last = full ?? sizes.at(-1)
  return last === undefined ? [] : eventsAfter(db, runId, after, last.seq)
}

export async function eventsAfter(
  db: StoredEvents,
  runId: string,
  after: number,
  upTo = Number.MAX_SAFE_INTEGER,
): Promise<LoggedEvent[]> {
  const rows = await queryAfter(db, runId, after)
    .select(['run_id', 'seq', 'type', 'data', 'checksum'])
    .where('seq', '<=', upTo)
    .execute()
  return rows.map((row) => checkedEvent(row, db.damage))
}

/** The log of a process that may run, for another one that only reads. */
export function storedLog(db: StoredEvents) {
  return {
    read: async (runId: string, seq: number): Promise<LoggedEvent[]> => {
      const moved = await eventPortion(db, runId, seq)
      return moved.length > 0 ? moved : journalAfter(db, runId, seq)
    },
  }
}

async function journalAfter(
  { kysely, damage }: StoredEvents,
  runId: string,
  after: number,
): Promise<LoggedEvent[]> {
  const { rows } = await sql<RunEventsRow>`
    select e.value ->> 0 as run_id, e.value ->> 1 as seq, e.value ->> 2 as type,
      e.value ->> 3 as data, e.value ->> 4 as checksum
    from run_journal, json_each(run_journal.events) e
    where e.value ->> 0 = ${runId} and e.value ->> 1 > ${after}
    order by seq`.execute(kysely)
  return rows.map((row) => checkedEvent(row, damage))
}

function queryAfter({ kysely }: StoredEvents, runId: string, after: number) {
  return kysely
    .selectFrom('run_events')
    .where('run_id', '=', runId)
    .where('seq', '>', after)
    .orderBy('seq')
}

function checkedEvent(row: RunEventsRow, damage: Damage): LoggedEvent {
  const { run_id: runId, seq, type, data } = row
  if (!isDamaged('run_events', row)) return { seq, type, data }
  damage.reportRow({ table: 'run_events', key: `${runId}/${seq}`, messageId: null })
  return damagedEvent(seq, data)
}

/** An event of the same seq, so that none is left out. */
function damagedEvent(seq: number, data: string): LoggedEvent {
  const at = /"at":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"/.exec(data)?.[1]
  const event: RunEvent = {
    type: 'error',
    at: at ?? new Date(0).toISOString(),
    code: 'damaged',
    message: english`A part of this answer was changed or damaged in storage, and is left out.`,
    retryable: false,
  }
  return { seq, type: event.type, data: encodeData(event) }
}
