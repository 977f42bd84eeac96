import { expect, test } from 'vitest'
import { temporaryDatabase } from '../db/temporary.ts'
import { EventLog } from './event-log.ts'
import { followRun } from './follow-run.ts'
import { DONE, opening, storedRun, token } from './log-for-test.ts'
import { collect } from './runs-for-test.ts'

async function begin(): Promise<{ log: EventLog; id: string }> {
  const db = await temporaryDatabase()
  const log = await EventLog.open(db)
  const id = await storedRun(db)
  log.begin(id)
  await log.append(id, opening(id))
  return { log, id }
}

async function seqs(frames: AsyncIterable<string>): Promise<number[]> {
  const text = (await collect(frames)).join('')
  return [...text.matchAll(/^id: (\d+)$/gm)].map(([, seq]) => Number(seq))
}

const stays = new AbortController().signal

test('a late joiner gets what was and what comes, in one piece', async () => {
  const { log, id } = await begin()
  for (let n = 0; n < 100; n += 1) await log.append(id, token(`${n}`))
  const late = seqs(followRun(log, id, 0, stays))
  for (let n = 0; n < 100; n += 1) await log.append(id, token(`${n}`))
  await log.append(id, DONE)
  expect(await late).toEqual(Array.from({ length: 202 }, (_, index) => index + 1))
})

test('followers of one run get the same, each from its cursor', async () => {
  const { log, id } = await begin()
  const first = seqs(followRun(log, id, 0, stays))
  const second = seqs(followRun(log, id, 1, stays))
  await log.append(id, token('a'))
  const third = seqs(followRun(log, id, 2, stays))
  await log.append(id, token('b'))
  await log.append(id, DONE)
  expect(await Promise.all([first, second, third])).toEqual([
    [1, 2, 3, 4],
    [2, 3, 4],
    [3, 4],
  ])
})

test('leaving early frees the listener and touches nobody else', async () => {
  const { log, id } = await begin()
  const leaving = new AbortController()
  const left = seqs(followRun(log, id, 0, leaving.signal))
  const stayed = seqs(followRun(log, id, 0, stays))
  await log.append(id, token('a'))
  expect(log.followers(id)).toBe(2)
  leaving.abort()
  const seen = await left
  expect(log.followers(id)).toBe(1)
  await log.append(id, DONE)
  expect(await stayed).toEqual([1, 2, 3])
  expect(seen).not.toContain(3)
})

test('breaking off the reading frees the listener as well', async () => {
  const { log, id } = await begin()
  for await (const frames of followRun(log, id, 0, stays)) {
    expect(frames).toContain('event: run')
    break
  }
  expect(log.followers(id)).toBe(0)
})

test('a run that has ended is replayed from where it is stored', async () => {
  const { log, id } = await begin()
  await log.append(id, DONE)
  expect(log.folded(id)).toBeNull()
  expect(await seqs(followRun(log, id, 0, stays))).toEqual([1, 2])
  expect(await seqs(followRun(log, id, 2, stays))).toEqual([])
})
