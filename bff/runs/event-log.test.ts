import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { type Database, openDatabase } from '../db/open.ts'
import { temporaryDatabase } from '../testing/temporary-database.ts'
import { Problem } from '../http/problem.ts'
import { EventLog } from './event-log.ts'
import { DONE, opening, storedRun, token } from '../testing/event-log.ts'

async function openLog(db: Database, count = 1): Promise<{ log: EventLog; ids: string[] }> {
  const log = await EventLog.open(db)
  const ids: string[] = []
  for (let n = 0; n < count; n += 1) ids.push(await storedRun(db))
  for (const id of ids) log.begin(id)
  return { log, ids }
}

async function readAll(log: EventLog, id: string): Promise<string[]> {
  const all: string[] = []
  for (let seq = 0; ;) {
    const events = await log.read(id, seq)
    const last = events.at(-1)
    if (last === undefined) return all
    all.push(...events.map((event) => `${event.seq} ${event.type} ${deltaOf(event.data)}`.trim()))
    seq = last.seq
  }
}

function deltaOf(data: string): string {
  const value: unknown = JSON.parse(data)
  return typeof value === 'object' && value !== null && 'delta' in value ? String(value.delta) : ''
}

test('events are ordered by the calls, and deltas that wait for one commit are joined', async () => {
  const db = await temporaryDatabase()
  const { log, ids } = await openLog(db)
  const [id = ''] = ids
  void log.append(id, opening(id))
  void log.append(id, token('a'))
  await log.append(id, token('b'))
  await log.append(id, { type: 'reasoning', at: '2026-01-01T00:00:00.000Z', delta: 'why' })
  void log.append(id, token('c'))
  await log.append(id, DONE)
  const expected = ['1 run', '2 token ab', '3 reasoning why', '4 token c', '5 done']
  expect(await readAll(log, id)).toEqual(expected)
})

test('nothing can be read before it is committed', async () => {
  const db = await temporaryDatabase()
  const { log, ids } = await openLog(db)
  const [id = ''] = ids
  const committed = log.append(id, opening(id))
  expect(await log.read(id, 0)).toEqual([])
  expect(log.folded(id)?.seq).toBe(0)
  await committed
  expect(await log.read(id, 0)).toHaveLength(1)
  expect(log.folded(id)?.seq).toBe(1)
})

test('one commit serves all runs, and each has its own numbers', async () => {
  const db = await temporaryDatabase()
  const { log, ids } = await openLog(db, 20)
  const commits = countTransactions(db)
  const appended = ids.flatMap((id) => [log.append(id, opening(id)), log.append(id, token(id))])
  await Promise.all(appended)
  expect(commits()).toBe(1)
  for (const id of ids) expect(await readAll(log, id)).toEqual(['1 run', `2 token ${id}`])
})

test('a long run is whole, whichever part of it is still in memory or in the journal', async () => {
  const db = await temporaryDatabase()
  const { log, ids } = await openLog(db, 2)
  const [long = '', idle = ''] = ids
  await Promise.all(ids.map((id) => log.append(id, opening(id))))
  const expected = ['1 run']
  // More commits than a waiting run may hold the journal for.
  for (let n = 2; n < 700; n += 1) {
    await log.append(long, token(`${n}`))
    expected.push(`${n} token ${n}`)
  }
  expect(await readAll(log, long)).toEqual(expected)
  expect(await readAll(log, idle)).toEqual(['1 run'])
  expect(await countRows(db, 'run_journal')).toBeLessThan(300)
  await log.append(long, DONE)
  expect(await readAll(log, long)).toEqual([...expected, '700 done'])
  expect(await countRows(db, 'run_events')).toBe(701)
}, 60_000)

test('what a crash leaves in the journal is found by the next process', async () => {
  const db = await temporaryDatabase()
  const { log, ids } = await openLog(db, 2)
  for (const id of ids) await log.append(id, opening(id))
  for (const id of ids) await log.append(id, token('kept'))
  const next = await EventLog.open(db)
  for (const id of ids) {
    expect(await readAll(next, id)).toEqual(['1 run', '2 token kept'])
    expect((await next.resume(id)).seq).toBe(2)
    await next.append(id, DONE)
    expect((await readAll(next, id)).at(-1)).toBe('3 done')
  }
})

test('when the disk is full, nothing is shown, and what comes later leaves no hole', async () => {
  const db = await temporaryDatabase()
  const { log, ids } = await openLog(db)
  const [id = ''] = ids
  await log.append(id, opening(id))
  const woken: number[] = []
  log.subscribe(id, () => woken.push(log.folded(id)?.seq ?? 0))
  await limitPages(db, 1)
  const big = log.append(id, token('x'.repeat(1_000_000)))
  await expect(big).rejects.toMatchObject({ code: 'unavailable' })
  await limitPages(db, 1_000_000)
  await expect(log.append(id, token('after the hole'))).rejects.toBeInstanceOf(Problem)
  expect(await readAll(log, id)).toEqual(['1 run'])
  expect(woken).toEqual([])

  log.mend(id)
  await log.append(id, DONE)
  expect(await readAll(log, id)).toEqual(['1 run', '2 done'])
})

test('words that the disk did not take in time are unsaid, and every run goes on', async () => {
  let isBroken = false
  const db = await temporaryDatabase({
    syncFile: async () => {
      if (isBroken) throw new Error('EIO')
    },
  })
  const { log, ids } = await openLog(db, 2)
  const [id = '', other = ''] = ids
  await Promise.all(ids.map((one) => log.append(one, opening(one))))
  // With the next commit, 64 events leave the journal.
  for (let word = 1; word < 64; word += 1) await log.append(id, token(`${word}`))

  isBroken = true
  await expect(log.append(id, token('unsaid'))).rejects.toMatchObject({ code: 'unavailable' })
  expect((await readAll(log, id)).at(-1)).not.toContain('unsaid')
  isBroken = false

  log.mend(id)
  await log.append(other, token('on'))
  await log.append(other, DONE)
  await log.append(id, token('said'))
  // As after a crash, with what the journal still has.
  const stored = await readAll(await EventLog.open(db), id)
  expect(stored.slice(-2)).toEqual(['64 token 63', '65 token said'])
  expect(stored).toHaveLength(65)
})

test('one run whose ending cannot be stored does not take the others with it', async () => {
  const db = await temporaryDatabase()
  const { log, ids } = await openLog(db, 3)
  const [bad = '', ...good] = ids
  const ending = log.append(bad, opening(bad), refuse)
  const others = Promise.all(good.map((id) => log.append(id, opening(id))))
  await expect(ending).rejects.toThrow('no')
  await others
  expect(await readAll(log, bad)).toEqual([])
  for (const id of good) expect(await readAll(log, id)).toEqual(['1 run'])
})

test('an event that cannot be written down is the trouble of its run alone', async () => {
  const db = await temporaryDatabase()
  const { log, ids } = await openLog(db, 2)
  const [bad = '', good = ''] = ids
  const delayMs = Number.POSITIVE_INFINITY
  const at = '2026-01-01T00:00:00.000Z'
  void log.append(bad, opening(bad)).catch(() => {})
  const retry = log.append(bad, { type: 'retry', at, attempt: 2, delayMs, reason: 'never' })
  const other = log.append(good, opening(good))
  await expect(retry).rejects.toThrow(RangeError)
  await other
  await log.append(good, DONE)
  expect(await readAll(log, good)).toEqual(['1 run', '2 done'])
})

test('the log of a run that is not there takes nothing', async () => {
  const log = await EventLog.open(await temporaryDatabase())
  await expect(log.append('nobody', DONE)).rejects.toThrow('not live')
})

test('a run that was read to its end is the same after the database was closed', async () => {
  const db = await temporaryDatabase()
  const { log, ids } = await openLog(db)
  const [id = ''] = ids
  void log.append(id, opening(id))
  await log.append(id, DONE)
  const file = (await sql<{ file: string }>`pragma database_list`.execute(db.kysely)).rows[0]?.file
  await db.close()
  const again = await openDatabase(file ?? '')
  expect(await readAll(await EventLog.open(again), id)).toEqual(['1 run', '2 done'])
  await again.close()
})

function refuse(): Promise<void> {
  return Promise.reject(new Error('no'))
}

function countTransactions(db: Database): () => number {
  let count = 0
  for (const name of ['transaction', 'transactionSyncedLater'] as const) {
    const transaction = db[name].bind(db)
    db[name] = (work) => {
      count += 1
      return transaction(work)
    }
  }
  return () => count
}

async function countRows(db: Database, table: 'run_journal' | 'run_events'): Promise<number> {
  const row = await db.kysely
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}

async function limitPages(db: Database, pages: number): Promise<void> {
  await db.transaction((trx) => sql`pragma max_page_count = ${sql.lit(pages)}`.execute(trx))
}
