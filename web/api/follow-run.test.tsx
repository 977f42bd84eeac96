import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { NO_CALLS } from '#shared/ledger.ts'
import type { RunEvent } from '#shared/run-event.ts'
import { encodeData, encodeFrame, encodeSource, SOURCE } from '#shared/sse.ts'
import { followRun } from './follow-run.ts'

const at = '2026-01-01T00:00:00.000Z'
const LOG: RunEvent[] = [
  {
    type: 'run',
    at,
    runId: 'r1',
    conversationId: 'c1',
    messageId: 'm1',
    agent: 'assistant',
    provider: 'demo',
    model: 'demo',
  },
  { type: 'token', at, delta: 'One ' },
  { type: 'token', at, delta: 'two ' },
  { type: 'token', at, delta: 'three' },
  { type: 'done', at, status: 'completed', totals: NO_CALLS },
]

/** What the BFF does with one request; a rejection is a connection that nobody answers. */
type Handler = () => Response | Promise<never>

let handlers: Handler[]
let requests: { method: string; url: string }[]

beforeEach(() => {
  handlers = []
  requests = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    requests.push({ method: init.method ?? 'GET', url })
    const handler = handlers.shift()
    if (handler === undefined) throw new Error(`nothing is prepared for ${url}`)
    return handler()
  })
})

afterEach(() => vi.unstubAllGlobals())

/** A stream that sends `chunks` and then ends, breaks like a lost network, or stays open. */
function stream(chunks: string[], then: 'ends' | 'breaks' | 'stays open'): Response {
  const bytes = chunks.map((chunk) => new TextEncoder().encode(chunk))
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const next = bytes.shift()
      if (next !== undefined) controller.enqueue(next)
      else if (then === 'breaks') controller.error(new TypeError('Load failed'))
      else if (then === 'ends') controller.close()
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}

const frame = (seq: number) => {
  const event = LOG[seq - 1]
  if (event === undefined) throw new Error(`no event ${seq}`)
  return encodeFrame(seq, event.type, encodeData(event))
}
const sends =
  (...seqs: number[]): Handler =>
  () =>
    stream(seqs.map(frame), 'ends')
const sendsThenBreaks =
  (...seqs: number[]): Handler =>
  () =>
    stream(seqs.map(frame), 'breaks')
const answers =
  (status: number, code = 'some_code'): Handler =>
  () => {
    if (status === 204) return new Response(null, { status })
    const problem = { type: 'about:blank', title: 'No.', status, code }
    return Response.json(problem, { status })
  }

/** The events of a run until it ends. */
function collect(runId: string, after = 0, onConnection = wakeWhenDown): Promise<number[]> {
  return new Promise((resolve) => {
    const seqs: number[] = []
    followRun(runId, {
      after,
      onEvents: (events) => seqs.push(...events.map(({ seq }) => seq)),
      onEnd: () => resolve(seqs),
      onConnection,
    })
  })
}

/** Cuts the wait for the next attempt short: the page says that it was just shown. */
function wakeWhenDown(connected: boolean) {
  if (!connected) queueMicrotask(() => document.dispatchEvent(new Event('visibilitychange')))
}

test('a connection that breaks in the middle is resumed from the last event seen', async () => {
  handlers = [sendsThenBreaks(1, 2, 3), sends(4, 5)]
  expect(await collect('r1')).toEqual([1, 2, 3, 4, 5])
  expect(requests.map((request) => request.url)).toEqual([
    '/api/runs/r1/events?after=0',
    '/api/runs/r1/events?after=3',
  ])
})

test('events that come twice are given once', async () => {
  handlers = [sendsThenBreaks(1, 2, 3), sends(1, 2, 3, 4, 5)]
  expect(await collect('r1')).toEqual([1, 2, 3, 4, 5])
})

test('a frame that breaks in the middle is read whole from the next connection', async () => {
  const cut = frame(2).slice(0, 20)
  handlers = [() => stream([frame(1), cut], 'breaks'), sends(2, 3, 4, 5)]
  expect(await collect('r1')).toEqual([1, 2, 3, 4, 5])
})

test('a server that asks readers to come back is asked again', async () => {
  const reconnect = 'event: reconnect\ndata: {}\n\n'
  handlers = [() => stream([frame(1), reconnect], 'stays open'), sends(2, 3, 4, 5)]
  expect(await collect('r1')).toEqual([1, 2, 3, 4, 5])
})

test('a restarting server is asked again, and the page hears about the gap', async () => {
  const connected: boolean[] = []
  handlers = [sendsThenBreaks(1, 2), answers(503), sends(3, 4, 5)]
  const onConnection = (up: boolean) => {
    connected.push(up)
    wakeWhenDown(up)
  }
  expect(await collect('r1', 0, onConnection)).toEqual([1, 2, 3, 4, 5])
  expect(connected).toEqual([true, false, false, true])
})

test.each([204, 400, 404, 410])('status %i is the end of the matter', async (status) => {
  handlers = [answers(status)]
  expect(await collect('r1', 5)).toEqual([])
  expect(requests).toHaveLength(1)
})

test('an event of a later version is passed over', async () => {
  const unknown = 'event: hologram\ndata: {"x":1}\nid: 2\n\n'
  handlers = [() => stream([frame(1), unknown, frame(5)], 'ends')]
  expect(await collect('r1')).toEqual([1, 5])
})

test('a run that is left is read no more, and does not end', async () => {
  const cancelled = Promise.withResolvers<void>()
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode(frame(1))),
    cancel: () => cancelled.resolve(),
  })
  handlers = [() => new Response(body)]
  const seqs: number[] = []
  const onEnd = vi.fn<() => void>()
  const leave = followRun('r1', {
    onEvents: (events) => {
      seqs.push(...events.map(({ seq }) => seq))
      leave()
    },
    onEnd,
  })
  await cancelled.promise
  expect(seqs).toEqual([1])
  expect(onEnd).not.toHaveBeenCalled()
})

test('several runs of a page come over one connection, and each has its own', async () => {
  const named = (runId: string, ...seqs: number[]) =>
    encodeSource(SOURCE, runId) + seqs.map(frame).join('')
  handlers = [
    () => stream([frame(1)], 'stays open'),
    () => stream([named('r2', 1, 2), named('r1', 2, 3), named('r2', 3)], 'breaks'),
    () => stream([named('r2', 4, 5), named('r1', 4, 5)], 'ends'),
  ]
  const first = collect('r1')
  await vi.waitFor(() => expect(requests).toHaveLength(1))
  const second = collect('r2')
  expect(await Promise.all([first, second])).toEqual([
    [1, 2, 3, 4, 5],
    [1, 2, 3, 4, 5],
  ])
  expect(requests.map(({ url }) => url)).toEqual([
    '/api/runs/r1/events?after=0',
    '/api/events?run=r1:1&run=r2:0',
    '/api/events?run=r1:3&run=r2:3',
  ])
})
