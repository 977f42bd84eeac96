import { expect, test } from 'vitest'
import type { Database } from '../db/open.ts'
import { temporaryDatabase } from '../testing/temporary-database.ts'
import { EventLog } from './event-log.ts'
import { type Feed, followRuns, NOTHING_LEFT, Portions } from './follow-run.ts'
import { DONE, opening, storedRun, token } from '../testing/event-log.ts'
import { Turns } from './turns.ts'

interface Begun extends Feed {
  db: Database
  id: string
}

async function begin(): Promise<Begun> {
  const db = await temporaryDatabase()
  const log = await EventLog.open(db)
  const id = await storedRun(db)
  log.begin(id)
  await log.append(id, opening(id))
  return { db, log, id, portions: new Portions(log), turns: new Turns() }
}

/** What a reader that takes everything at once has got when the stream is over. */
async function textAfter(feed: Begun, after: number, signal = stays): Promise<string> {
  let text = ''
  const send = async (bytes: Buffer) => {
    text += bytes.toString()
  }
  await followRuns(feed, [{ runId: feed.id, after }], { signal, send })
  return text
}

async function seqs(feed: Begun, after: number, signal = stays): Promise<number[]> {
  return seqsIn(await textAfter(feed, after, signal))
}

function seqsIn(text: string): number[] {
  return [...text.matchAll(/^id: (\d+)$/gm)].map(([, seq]) => Number(seq))
}

const stays = new AbortController().signal

test('a late joiner gets what was and what comes, in one piece', async () => {
  const feed = await begin()
  const { log, id } = feed
  for (let n = 0; n < 100; n += 1) await log.append(id, token(`${n}`))
  const late = seqs(feed, 0)
  for (let n = 0; n < 100; n += 1) await log.append(id, token(`${n}`))
  await log.append(id, DONE)
  expect(await late).toEqual(Array.from({ length: 202 }, (_, index) => index + 1))
})

test('followers of one run get the same, each from its cursor', async () => {
  const feed = await begin()
  const { log, id } = feed
  const first = seqs(feed, 0)
  const second = seqs(feed, 1)
  await log.append(id, token('a'))
  const third = seqs(feed, 2)
  await log.append(id, token('b'))
  await log.append(id, DONE)
  expect(await Promise.all([first, second, third])).toEqual([
    [1, 2, 3, 4],
    [2, 3, 4],
    [3, 4],
  ])
})

test('leaving early frees the listener and touches nobody else', async () => {
  const feed = await begin()
  const { log, id } = feed
  const leaving = new AbortController()
  const left = seqs(feed, 0, leaving.signal)
  const stayed = seqs(feed, 0)
  await log.append(id, token('a'))
  expect(log.followers(id)).toBe(2)
  leaving.abort()
  const seen = await left
  expect(log.followers(id)).toBe(1)
  await log.append(id, DONE)
  expect(await stayed).toEqual([1, 2, 3])
  expect(seen).not.toContain(3)
})

test('a reader to whom nothing can be sent frees the listener as well', async () => {
  const feed = await begin()
  const send = () => Promise.reject(new Error('closed'))
  const reading = followRuns(feed, [{ runId: feed.id, after: 0 }], { signal: stays, send })
  await expect(reading).rejects.toThrow('closed')
  expect(feed.log.followers(feed.id)).toBe(0)
})

test('a run that has ended is replayed from where it is stored', async () => {
  const feed = await begin()
  const { log, id } = feed
  await log.append(id, DONE)
  expect(log.folded(id)).toBeNull()
  expect(await seqs(feed, 0)).toEqual([1, 2])
  expect(await seqs(feed, 2)).toEqual([])
})

test('a reader gets one portion, and the next when it has taken that', async () => {
  const feed = await begin()
  const { log, id } = feed
  const text = 'x'.repeat(1_000_000)
  await log.append(id, token(text))
  await log.append(id, DONE)
  const waiting: (() => void)[] = []
  let received = ''
  const send = (bytes: Buffer): Promise<void> => {
    received += bytes.toString()
    expect(bytes.length).toBeLessThanOrEqual(64 * 1024)
    return new Promise((resolve) => waiting.push(resolve))
  }
  const reading = followRuns(feed, [{ runId: id, after: 0 }], { signal: stays, send })
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(waiting).toHaveLength(1)
  while (seqsIn(received).at(-1) !== log.folded(id)?.seq && !received.includes('event: done')) {
    waiting.pop()?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  waiting.pop()?.()
  await reading
  expect(received.match(/x/g)).toHaveLength(text.length)
})

test('an event that was stored whole by an earlier version is sent in pieces of its one frame', async () => {
  const feed = await begin()
  const { log, id } = feed
  const big = '語'.repeat(300_000)
  await log.append(id, token('small'))
  await log.append(id, DONE)
  const data = JSON.stringify({ at: '2026-01-01T00:00:00.000Z', delta: big })
  await feed.db.transaction((trx) =>
    trx
      .updateTable('run_events')
      .set({ data, checksum: null })
      .where('run_id', '=', id)
      .where('seq', '=', 2)
      .execute(),
  )
  const sizes: number[] = []
  const bytes: Buffer[] = []
  const send = async (piece: Buffer) => {
    sizes.push(piece.length)
    bytes.push(piece)
  }
  await followRuns(feed, [{ runId: id, after: 0 }], { signal: stays, send })
  expect(Math.max(...sizes)).toBeLessThanOrEqual(64 * 1024)
  const text = Buffer.concat(bytes).toString()
  expect(seqsIn(text)).toEqual([1, 2, 3])
  expect(text).toContain(`event: token\ndata: ${data}\nid: 2\n\n`)
})

test('several runs come in one stream, each frame under the name of its run', async () => {
  const feed = await begin()
  const { log, id } = feed
  const other = await storedRun(feed.db)
  log.begin(other)
  await log.append(other, opening(other))
  await log.append(other, token('y'.repeat(100_000)))
  let text = ''
  const send = async (bytes: Buffer) => {
    text += bytes.toString()
  }
  const cursors = [
    { runId: id, after: 0 },
    { runId: other, after: 1 },
    { runId: 'unknown', after: NOTHING_LEFT },
  ]
  const reading = followRuns(feed, cursors, { signal: stays, send, several: true })
  for (let n = 0; n < 5; n += 1)
    await Promise.all([id, other].map((run) => log.append(run, token('z'))))
  await log.append(id, DONE)
  await log.append(other, DONE)
  await reading
  const sections = text.split('event: source\ndata: ').slice(1)
  const seqsOf = (run: string) =>
    sections.filter((section) => section.startsWith(`{"runId":"${run}"}`)).flatMap(seqsIn)
  expect(seqsOf(id)).toEqual(Array.from({ length: 7 }, (_, index) => index + 1))
  const last = 1 + Math.ceil(100_000 / (16 * 1024)) + 6
  expect(seqsOf(other).length).toBeGreaterThanOrEqual(last - 1)
  expect(seqsOf(other)).toEqual(seqsOf(other).map((_, index) => index + 2))
  for (const run of [id, other, 'unknown']) {
    expect(text).toContain(`event: source_end\ndata: {"runId":"${run}"}\n\n`)
  }
})
