// Runs every golden stream through the whole path: HTTP, the Agents SDK, the guarded model and a
// ledger row. Only the address is replaced.
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import * as z from 'zod/mini'
import { ApiKind, ProviderKind } from '#shared/api.ts'
import { fakeTarget } from '../../testing/recorded-run.ts'
import { agentWith, begin } from '../../testing/begin-run.ts'
import type { CallLedger, ModelTarget } from '../../upstream/types.ts'
import { temporaryDatabase } from '../../testing/temporary-database.ts'
import { createLedger, type Ledger } from '../calls/record-call.ts'
import { callsOfRun } from '../calls/call-store.ts'

const Request = z.union([
  z.object({ stream: z.string(), ends: z.enum(['complete', 'broken', 'stopped', 'counted']) }),
  z.object({ status: z.int() }),
])
type Request = z.infer<typeof Request>

const Golden = z.object({
  title: z.string(),
  classes: z.array(z.int()),
  dialect: z.string(),
  provider: z.object({ kind: ProviderKind, baseUrl: z.string(), api: ApiKind }),
  runs: z.array(z.object({ model: z.string(), at: z.iso.datetime(), requests: z.array(Request) })),
  worked: z.array(z.string()),
  rows: z.array(z.record(z.string(), z.unknown())),
  total: z.optional(z.record(z.string(), z.unknown())),
})
type Golden = z.infer<typeof Golden>

const folder = new URL('.', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
const goldens = names.map((name) => Golden.parse(JSON.parse(read(name))))

/** Every stream that can be stopped has sent this text before the stop. */
const BEFORE_THE_STOP = 'It is sunny in Oslo'

function read(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8')
}

/** `left` resolves when the user leaves. */
async function serve(requests: Request[], left: Promise<void>): Promise<string> {
  let next = 0
  const server = createServer((request, response) => {
    request.resume().on('end', () => void answer(requests[next++], response, left))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no address')
  return `http://127.0.0.1:${address.port}/v1`
}

async function answer(
  request: Request | undefined,
  response: ServerResponse,
  left: Promise<void>,
): Promise<void> {
  if (request === undefined || 'status' in request) {
    response.writeHead(request?.status ?? 500, { 'content-type': 'application/json' })
    response.end('{"error":{"message":"not now"}}')
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const stream = read(request.stream)
  if (request.ends === 'counted') {
    const half = stream.indexOf('\n\n', stream.indexOf('" Oslo"')) + 2
    response.write(stream.slice(0, half))
    await left
    response.end(stream.slice(half))
    return
  }
  response.write(stream, () => {
    if (request.ends === 'complete') response.end()
    if (request.ends === 'broken') response.destroy()
  })
}

/** A ledger that records calls with the golden address and time. */
function keptAt(ledger: Ledger, baseUrl: string, startedAt: string): CallLedger {
  return {
    open: (call, target) => ledger.open({ ...call, startedAt }, { ...target, baseUrl }),
    close: (call, facts, target) =>
      ledger.close({ ...call, startedAt }, facts, { ...target, baseUrl }),
    amend: (call, facts, target) =>
      ledger.amend({ ...call, startedAt }, facts, { ...target, baseUrl }),
  }
}

async function runOnce(golden: Golden, index: number, ledger: Ledger): Promise<void> {
  const { kind, baseUrl, api } = golden.provider
  const { model, at, requests } = golden.runs[index] ?? { model: '', at: '', requests: [] }
  const left = Promise.withResolvers<void>()
  const address = await serve(requests, left.promise)
  const target: ModelTarget = fakeTarget(address, api, { kind, model })
  const { recorded, outcome } = begin(target, agentWith([]), {
    runId: `run-${index}`,
    ledger: keptAt(ledger, baseUrl, at),
  })
  const ends = (how: string) => requests.some((one) => 'ends' in one && one.ends === how)
  if (ends('stopped') || ends('counted')) {
    await recorded.sawText(BEFORE_THE_STOP)
    // Reads what arrived with the text before the stop.
    for (let i = 0; i < 20; i++) await turn()
    if (ends('counted')) recorded.stopAndCount()
    else recorded.stop()
  }
  await outcome
  left.resolve()
  await recorded.counted()
}

test.each(goldens)('$title', async (golden) => {
  const db = await temporaryDatabase()
  const ledger = createLedger(db)
  const rows = []
  for (const index of golden.runs.keys()) {
    await runOnce(golden, index, ledger)
    rows.push(...(await callsOfRun(db, `run-${index}`)))
  }
  expect(rows).toHaveLength(golden.rows.length)
  expect(rows).toMatchObject(golden.rows)
  expect(await ledger.conversationTotals('conversation')).toMatchObject(golden.total ?? {})
  const computed = rows.filter(({ computedNanoUsd }) => typeof computedNanoUsd === 'number')
  for (const { lines = [], computedNanoUsd } of computed) {
    expect(lines.reduce((sum, line) => sum + line.amountNanoUsd, 0)).toBe(computedNanoUsd)
  }
})

describe('the golden files', () => {
  test('cover every kind of wrong bill', () => {
    const classes = new Set(goldens.flatMap((golden) => golden.classes))
    const all = Array.from({ length: 22 }, (_, n) => n + 1)
    expect(all.filter((number) => !classes.has(number))).toEqual([])
  })

  test('use every stream', () => {
    const used = new Set(
      goldens.flatMap(({ runs }) =>
        runs.flatMap(({ requests }) => requests.map((r) => ('stream' in r ? r.stream : ''))),
      ),
    )
    const streams = readdirSync(folder).filter((name) => name.endsWith('.sse'))
    expect(streams.filter((name) => !used.has(name))).toEqual([])
  })
})
