import { expect, test } from 'vitest'
import { createLog, type LogLevel, type RequestLine } from './log.ts'
import { LogDeduplication } from './log.ts'

const poll: RequestLine = { method: 'GET', path: '/api/conversations', status: 200, ms: 1 }

function lines(level: LogLevel, requests: RequestLine[]): string[] {
  const written: string[] = []
  const log = createLog({ write: (line) => void written.push(line) })
  log.setLevel(level)
  for (const request of requests) log.request(request)
  return written
}

test('a polling page is one line, unless debug is on', () => {
  expect(lines('info', [poll, poll, poll])).toHaveLength(1)
  expect(lines('debug', [poll, poll, poll])).toHaveLength(3)
  expect(lines('warn', [poll])).toEqual([])
})

test('another answer, a failure and a change are always a line', () => {
  const failed = { ...poll, status: 503 }
  expect(lines('info', [poll, failed, failed, poll, poll])).toHaveLength(4)
  const change = { ...poll, method: 'POST', status: 201 }
  expect(lines('info', [change, change])).toHaveLength(2)
  expect(lines('info', [poll, { ...poll, path: '/api/models' }])).toHaveLength(2)
})

test('a request after a pause is not a repetition', () => {
  const repeats = new LogDeduplication()
  const times = [0, 2_000, 16_000, 40_000, 42_000]
  expect(times.map((at) => repeats.isRepeat(poll, at))).toEqual([false, true, true, false, true])
})

test('only the most recent paths are remembered', () => {
  const repeats = new LogDeduplication()
  for (let n = 0; n < 1000; n += 1) repeats.isRepeat({ ...poll, path: `/api/runs/${n}` }, 0)
  expect(repeats.isRepeat({ ...poll, path: '/api/runs/999' }, 1)).toBe(true)
  expect(repeats.isRepeat({ ...poll, path: '/api/runs/0' }, 1)).toBe(false)
})
