// Two SSE clients that were written elsewhere read a run through a connection that keeps breaking.
import { once } from 'node:events'
import { createServer, get, type IncomingHttpHeaders } from 'node:http'
import { fetchEventSource } from '@microsoft/fetch-event-source'
import { EventSource } from 'eventsource'
import { expect, onTestFinished, test, vi } from 'vitest'
import { says, startRuns, textOf } from '../testing/runs.ts'

const WORDS = Array.from({ length: 12 }, (_, index) => `word ${index} `)

/** Fewer than a frame has, so that every frame is cut at many places before it gets through. */
const STEP_BYTES = 7

interface Received {
  ids: string[]
  text: string
}

function receive(received: Received, { id, data }: { id: string; data: string }): void {
  const { delta = '' } = JSON.parse(data)
  received.ids.push(id)
  received.text += delta
}

test.each(['eventsource', '@microsoft/fetch-event-source'])(
  '%s gets every event once, wherever its connection breaks',
  async (client) => {
    const tally = await startRuns(says(...WORDS))
    const run = await tally.say('Hi')
    const all = await tally.ended(run.id)
    const url = (await startCuttingProxy(tally.url)) + `/api/runs/${run.id}/events`
    const received: Received = { ids: [], text: '' }
    if (client === 'eventsource') await readWithEventSource(url, received)
    else await readWithFetchEventSource(url, received)
    expect(received.ids).toEqual(all.map(({ seq }) => String(seq)))
    expect(received.text).toBe(textOf(all))
  },
  30_000,
)

function readWithEventSource(url: string, received: Received): Promise<void> {
  const source = new EventSource(url)
  onTestFinished(() => source.close())
  return new Promise((resolve) => {
    for (const type of ['run', 'token', 'done']) {
      source.addEventListener(type, ({ lastEventId: id, data }) => {
        receive(received, { id, data })
        if (type === 'done') resolve(source.close())
      })
    }
  })
}

async function readWithFetchEventSource(url: string, received: Received): Promise<void> {
  // It expects a browser around it.
  vi.stubGlobal('window', globalThis)
  vi.stubGlobal('document', { removeEventListener: () => {} })
  onTestFinished(() => void vi.unstubAllGlobals())
  await fetchEventSource(url, {
    openWhenHidden: true,
    onmessage: (message) => {
      if (message.data !== '') receive(received, message)
    },
    onerror: () => 1,
  })
}

/** The one byte that ends a frame comes with the line before it: no order of lines helps between them. */
function cutIndex(bytes: Buffer, at: number): number {
  return /\nid: \d+\n$/.test(bytes.toString('latin1', 0, Math.max(0, at))) ? at + 1 : at
}

/** Passes on a few bytes more with each connection, and then breaks it. */
async function startCuttingProxy(target: string): Promise<string> {
  let connections = 0
  const server = createServer((request, response) => {
    connections += 1
    let left = (connections * STEP_BYTES) % 500
    const { 'last-event-id': lastEventId } = request.headers
    const headers: IncomingHttpHeaders = lastEventId ? { 'last-event-id': lastEventId } : {}
    const passed = get(target + request.url, { headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers)
      response.write('retry: 1\n\n')
      answer.on('data', (bytes: Buffer) => {
        response.write(bytes.subarray(0, Math.max(0, cutIndex(bytes, left))))
        left -= bytes.length
        // What was written must have left before the connection breaks.
        if (left <= 0) setTimeout(() => response.destroy(), 5)
      })
      answer.on('end', () => left > 0 && response.end())
    })
    response.on('close', () => passed.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}
