import { beforeEach, expect, test, vi } from 'vitest'
import { groupCommit } from './group-commit.ts'

beforeEach(() => {
  vi.useFakeTimers()
  return () => void vi.useRealTimers()
})

/** What happens within this turn of the event loop and the next. */
const thisTurn = () => vi.advanceTimersByTimeAsync(0)

/** Counts commits that take `ms` each. */
function slowLog(ms: number) {
  const log = { commits: 0, ...groupCommit(() => commit()) }
  async function commit(): Promise<void> {
    log.commits += 1
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms))
  }
  return log
}

test('an idle log commits at once, with everything that comes in the same turn', async () => {
  const log = slowLog(0)
  for (let n = 0; n < 10; n += 1) log.request()
  await thisTurn()
  expect(log.commits).toBe(1)
})

test('a busy log commits eight milliseconds after the commit before, not sooner and not later', async () => {
  const log = slowLog(0)
  log.request()
  await thisTurn()
  log.request()
  await vi.advanceTimersByTimeAsync(7)
  expect(log.commits).toBe(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(log.commits).toBe(2)
})

test('a log that nobody writes to commits nothing', async () => {
  const log = slowLog(0)
  log.request()
  await vi.advanceTimersByTimeAsync(1000)
  expect(log.commits).toBe(1)
})

test('the time that a commit takes is part of the window', async () => {
  const log = slowLog(5)
  log.request()
  await vi.advanceTimersByTimeAsync(5)
  log.request()
  await vi.advanceTimersByTimeAsync(2)
  expect(log.commits).toBe(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(log.commits).toBe(2)
})

test('a slow commit is followed by the next one at once, with all that came meanwhile', async () => {
  const log = slowLog(20)
  log.request()
  await thisTurn()
  for (let n = 0; n < 10; n += 1) log.request()
  await vi.advanceTimersByTimeAsync(15)
  expect(log.commits).toBe(1)
  await vi.advanceTimersByTimeAsync(7)
  expect(log.commits).toBe(2)
  await vi.advanceTimersByTimeAsync(100)
  expect(log.commits).toBe(2)
})

test('an event loop that is behind gets fewer commits', async () => {
  vi.useRealTimers()
  const log = slowLog(0)
  const turnMs = 30
  const turns = 20
  for (let turn = 0; turn < turns; turn += 1) {
    log.request()
    const start = performance.now()
    while (performance.now() - start < turnMs);
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(log.commits).toBeLessThan(turns * 0.75)
  await log.settled()
})
