import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { BackgroundJobs } from './background-jobs.ts'

const EVERY_MS = 1000

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function scene() {
  const errors: [string, unknown][] = []
  const jobs = new BackgroundJobs((error, name) => errors.push([name, error]))
  const begun: PromiseWithResolvers<void>[] = []
  const work = () => {
    const end = Promise.withResolvers<void>()
    begun.push(end)
    return end.promise
  }
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
  return { jobs, errors, begun, work, pass }
}

test('a job with an interval runs at once, and again one interval after its end', async () => {
  const { jobs, begun, work, pass } = scene()
  jobs.add('job', work, EVERY_MS)
  await pass(0)
  expect(begun).toHaveLength(1)
  await pass(10 * EVERY_MS)
  expect(begun, 'it never overlaps itself').toHaveLength(1)
  begun[0]?.resolve()
  await pass(EVERY_MS - 1)
  expect(begun).toHaveLength(1)
  await pass(1)
  expect(begun).toHaveLength(2)
})

test('a job without an interval waits to be woken, and the earliest time counts', async () => {
  const { jobs, begun, work, pass } = scene()
  const job = jobs.add('job', work)
  await pass(10 * EVERY_MS)
  expect(begun).toHaveLength(0)
  job.wake(500)
  job.wake(100)
  job.wake(900)
  await pass(100)
  begun[0]?.resolve()
  await pass(10 * EVERY_MS)
  expect(begun).toHaveLength(1)
})

test('a job that is woken while it runs runs once more', async () => {
  const { jobs, begun, work, pass } = scene()
  const job = jobs.add('job', work)
  job.wake()
  await pass(0)
  job.wake()
  job.wake()
  await pass(EVERY_MS)
  expect(begun).toHaveLength(1)
  begun[0]?.resolve()
  await pass(EVERY_MS)
  expect(begun).toHaveLength(2)
  begun[1]?.resolve()
  await pass(EVERY_MS)
  expect(begun).toHaveLength(2)
})

test('a time beyond the longest timer is kept', async () => {
  const { jobs, begun, work, pass } = scene()
  jobs.add('job', work).wake(60 * 24 * 60 * 60_000)
  await pass(59 * 24 * 60 * 60_000)
  expect(begun).toHaveLength(0)
  await pass(24 * 60 * 60_000)
  expect(begun).toHaveLength(1)
})

test('an error is reported under its name, and the job runs on', async () => {
  const { jobs, errors, begun, work, pass } = scene()
  jobs.add('broken', work, EVERY_MS)
  jobs.add('sound', work, EVERY_MS)
  await pass(0)
  const error = new Error('no')
  begun[0]?.reject(error)
  await pass(EVERY_MS)
  expect(errors).toEqual([['broken', error]])
  expect(begun).toHaveLength(3)
})

test('a stop aborts running jobs, waits for them, and starts no more', async () => {
  const { jobs, begun, work, pass } = scene()
  const signals: AbortSignal[] = []
  const job = jobs.add('job', (stop) => {
    signals.push(stop)
    return work()
  })
  jobs.add('later', work).wake(EVERY_MS)
  job.wake()
  await pass(0)
  expect(signals[0]?.aborted).toBe(false)
  const onStopped = vi.fn<() => void>()
  const stopped = jobs.stop().then(onStopped)
  expect(signals[0]?.aborted).toBe(true)
  job.wake()
  await pass(10 * EVERY_MS)
  expect(begun).toHaveLength(1)
  expect(onStopped).not.toHaveBeenCalled()
  begun[0]?.resolve()
  await stopped
  await jobs.run('late', work)
  await pass(10 * EVERY_MS)
  expect(begun).toHaveLength(1)
})

test('a waiting job does not keep the process alive', async () => {
  vi.useRealTimers()
  const module = JSON.stringify(new URL('./background-jobs.ts', import.meta.url).href)
  const script = `import { BackgroundJobs } from ${module}
    new BackgroundJobs(() => {}).add('job', async () => console.log('ran'), 600_000)
    setTimeout(() => {}, 200)`
  const args = ['--input-type=module', '-e', script]
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 20_000 })
  expect(stdout).toBe('ran\n')
})
