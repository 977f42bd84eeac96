// Events as rows with their checksum, and rows as events: one that is damaged keeps its place.
import type { RunEventsRow } from '../db/schema.ts'
import type { RunEvent } from '#shared/run-event.ts'
import { encodeData } from '#shared/sse.ts'
import { checksumOf, isDamaged } from '../db/checksum.ts'
import type { Damage } from '../db/damage.ts'
import type { LoggedEvent } from './tail.ts'

/** As the journal holds them: run, seq, type, data, checksum. */
export function rowsOf(events: LoggedEvent[], runId: string): unknown[] {
  return events.map(({ seq, type, data }) => {
    const checksum = checksumOf('run_events', { run_id: runId, seq, type, data })
    return [runId, seq, type, data, checksum]
  })
}

export function checkedEvent(row: RunEventsRow, damage: Damage): LoggedEvent {
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
    message: 'A part of this answer was changed or damaged in storage, and is left out.',
    retryable: false,
  }
  return { seq, type: event.type, data: encodeData(event) }
}
