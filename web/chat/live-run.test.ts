import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { RunEvent, StoredRunEvent } from '#shared/run-event.ts'
import { LiveRun } from './live-run.ts'

const at = '2026-01-01T00:00:00.000Z'
const started: RunEvent = {
  type: 'run',
  at,
  runId: 'r1',
  conversationId: 'c1',
  messageId: 'm1',
  agent: 'assistant',
  provider: 'demo',
  model: 'demo',
}
const token = (seq: number): StoredRunEvent => ({
  seq,
  event: { type: 'token', at, delta: `${seq} ` },
})

let frames: (() => void)[]
const layOut = vi.fn<() => void>()
const drawFrame = () => {
  for (const frame of frames.splice(0)) frame()
  vi.advanceTimersByTime(0)
}

beforeEach(() => {
  frames = []
  vi.useFakeTimers()
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame))
  vi.stubGlobal('cancelAnimationFrame', () => {})
  vi.stubGlobal('document', { body: { getBoundingClientRect: layOut } })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function startRun() {
  const run = new LiveRun()
  const changed = vi.fn<() => void>()
  run.subscribe(changed)
  run.push({ seq: 1, event: started })
  return { run, changed }
}

const textOf = (run: LiveRun) => {
  const part = run.snapshot()?.parts[0]
  return part?.type === 'text' ? part.text : null
}

test('a thousand tokens between two frames change the screen once', () => {
  const { run, changed } = startRun()
  for (let seq = 2; seq <= 1_001; seq++) run.push(token(seq))
  expect(changed).not.toHaveBeenCalled()
  drawFrame()
  expect(changed).toHaveBeenCalledOnce()
  expect(textOf(run)).toMatch(/^2 3 4 .* 1001 $/)
})

test('a hidden page, which has no frames, is brought up to date all the same', () => {
  const { run, changed } = startRun()
  run.push(token(2))
  vi.advanceTimersByTime(250)
  expect(changed).toHaveBeenCalledOnce()
  expect(textOf(run)).toBe('2 ')
})

test('a draw that takes long leaves frames free', async () => {
  const { run, changed } = startRun()
  drawFrame()
  let seq = 2
  const framesUntilDrawn = (drawMs: number) => {
    changed.mockReset()
    changed.mockImplementation(() => vi.advanceTimersByTime(drawMs))
    run.push(token(seq++))
    let count = 0
    for (; changed.mock.calls.length === 0; count += 1) drawFrame()
    // React draws in a microtask.
    return Promise.resolve(count)
  }
  expect(await framesUntilDrawn(5)).toBe(1)
  expect(await framesUntilDrawn(20)).toBe(1)
  expect(await framesUntilDrawn(20)).toBe(3)
  expect(await framesUntilDrawn(90)).toBe(3)
  expect(await framesUntilDrawn(5)).toBe(4)
  expect(await framesUntilDrawn(5)).toBe(1)
})

test('what was drawn is laid out before the next frame, in a task of its own', async () => {
  const { changed } = startRun()
  layOut.mockClear()
  drawFrame()
  // React draws in a microtask.
  await Promise.resolve()
  expect(changed).toHaveBeenCalledOnce()
  expect(layOut).not.toHaveBeenCalled()

  vi.advanceTimersByTime(1)

  expect(frames).toEqual([])
  expect(layOut).toHaveBeenCalledOnce()
})

test('what was replayed changes nothing and draws nothing', () => {
  const { run, changed } = startRun()
  run.push(token(2))
  drawFrame()
  const before = run.snapshot()
  run.push({ seq: 1, event: started })
  run.push(token(2))
  drawFrame()
  expect(run.snapshot()).toBe(before)
  expect(changed).toHaveBeenCalledOnce()
})

test('it goes on from what was folded before', () => {
  const { run } = startRun()
  run.push(token(2))
  run.flush()
  const later = new LiveRun({ seq: 2, message: run.snapshot() })
  expect(textOf(later)).toBe('2 ')
  later.push(token(2))
  later.push(token(3))
  later.flush()
  expect(textOf(later)).toBe('2 3 ')
})

test('its clock is the server clock, however wrong the own one is', () => {
  vi.setSystemTime('2026-01-01T05:00:10.000Z')
  const { run } = startRun()
  vi.advanceTimersByTime(3_000)
  expect(run.now()).toBe(Date.parse(at) + 3_000)
})
