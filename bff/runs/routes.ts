// The HTTP side of runs: start, stop, look and follow. There is one way to read a run, and starting
// one with `Accept: text/event-stream` is reading it from its first event.
import { ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type Context, Hono } from 'hono'
import { paths, type Run, StartRun } from '#shared/api.ts'
import { DecideRun } from '#shared/budgets.ts'
import { StopRun } from '#shared/stop-run.ts'
import { Problem } from '../http/problem.ts'
import { readIdempotency } from '../http/idempotency.ts'
import { parseBody, parseOptionalBody } from '../http/request.ts'
import { STREAM_HEADERS, writeEvents } from './event-stream.ts'
import { type Cursor, followRuns, NOTHING_LEFT, type Reader } from './follow-run.ts'
import { Portions } from './portions.ts'
import { readCursor } from './read-cursor.ts'
import { checkSubmit } from './read-submit.ts'
import type { RunParts } from './run-parts.ts'
import { findRun, isTrimmed } from './run-store.ts'
import { decideRun } from './await-decision.ts'
import { startRun } from './start-run.ts'
import { type StreamCaps, StreamLimit } from './stream-limit.ts'
import { Turns } from './turns.ts'

export interface RunRouteOptions extends StreamCaps {
  heartbeatMs?: number
  stallMs?: number
}

/** A URL has room for so many. */
const MAX_RUNS_PER_STREAM = 100

export function runRoutes(parts: RunParts, options: RunRouteOptions = {}): Hono {
  const app = new Hono()
  const feed = { log: parts.log, portions: new Portions(parts.log), turns: new Turns() }
  const limit = new StreamLimit(options)

  /** Takes its place first: where there is none, nothing is read and no run is started. */
  async function stream(
    c: Context,
    cursors: () => Promise<Cursor[]>,
    several = false,
  ): Promise<Response> {
    if (c.req.method === 'HEAD') {
      await cursors()
      return c.body(null, 200, STREAM_HEADERS)
    }
    const response = responseBelow(c)
    const leave = limit.enter(response.req.socket.remoteAddress ?? '')
    try {
      const from = await cursors()
      const follow = (reader: Reader) => followRuns(feed, from, { ...reader, several })
      const { ending } = parts.active
      void writeEvents(response, follow, { ...options, ending }).finally(leave)
    } catch (error) {
      leave()
      throw error
    }
    return RESPONSE_ALREADY_SENT
  }

  async function cursorOf(runId: string, after: number): Promise<Cursor[]> {
    if (await isTrimmed(parts.db, runId)) {
      throw new Problem('gone', 'Read the conversation: it has the whole answer.')
    }
    return [{ runId, after }]
  }

  app.post(paths.runs(':id'), async (c) => {
    const body = await parseBody(c, StartRun)
    checkSubmit(body)
    const conversationId = c.req.param('id')
    const idempotency = readIdempotency(c.req.header('idempotency-key'), [conversationId, body])
    const start = () => startRun(parts, { conversationId, body, idempotency })
    if (c.req.header('accept')?.includes('text/event-stream')) {
      return stream(c, async () => cursorOf((await start()).id, 0))
    }
    const run = await start()
    return c.json(present(parts, run), 202, { Location: paths.run(run.id) })
  })

  app.get(paths.run(':id'), async (c) =>
    c.json(present(parts, await find(parts, c.req.param('id')))),
  )

  app.get(paths.events(':id'), async (c) => {
    const run = await find(parts, c.req.param('id'))
    const { lastSeq } = present(parts, run)
    const after = readCursor(c.req.header('last-event-id') ?? c.req.query('after'), lastSeq)
    if (run.status !== 'running' && after === lastSeq) return c.body(null, 204)
    return stream(c, () => cursorOf(run.id, after))
  })

  app.get(paths.severalEvents, async (c) => {
    const wanted = c.req.queries('run') ?? []
    if (wanted.length === 0 || wanted.length > MAX_RUNS_PER_STREAM) {
      throw new Problem('bad_request', `Name 1 to ${MAX_RUNS_PER_STREAM} runs as run=<id>:<seq>.`)
    }
    const cursors = async () => {
      const read: Cursor[] = []
      for (const text of wanted) read.push(await readRunCursor(parts, text))
      return read
    }
    return stream(c, cursors, true)
  })

  app.post(paths.stop(':id'), async (c) => {
    const { mode } = await parseOptionalBody(c, StopRun)
    const run = await find(parts, c.req.param('id'))
    parts.active.stop(run.id, mode)
    return c.json(present(parts, run))
  })

  app.post(paths.decisions(':id'), async (c) => {
    const decision = await parseBody(c, DecideRun)
    const run = await find(parts, c.req.param('id'))
    await decideRun(parts, run, decision)
    return c.json(present(parts, run))
  })
  return app
}

async function find({ db, log }: RunParts, id: string): Promise<Run> {
  let run = await findRun(db, id)
  // It has ended since its row was read.
  if (run?.status === 'running' && log.folded(id) === null) run = await findRun(db, id)
  if (run === null) throw new Problem('run_not_found')
  return run
}

/** The reader of a run that cannot be followed hears at once that nothing is left. */
async function readRunCursor(parts: RunParts, text: string): Promise<Cursor> {
  const [runId = '', after] = text.split(':')
  const over = { runId, after: NOTHING_LEFT }
  try {
    const run = await find(parts, runId)
    const { lastSeq } = present(parts, run)
    return (await isTrimmed(parts.db, runId)) ? over : { runId, after: readCursor(after, lastSeq) }
  } catch (error) {
    if (error instanceof Problem && error.status < 500) return over
    throw error
  }
}

/** The row knows the last seq only when the run has ended. */
function present({ log }: RunParts, run: Run): Run {
  return { ...run, lastSeq: log.folded(run.id)?.seq ?? run.lastSeq }
}

/** Node's own response; only an app that is asked without a server has none. */
function responseBelow({ env }: Context): ServerResponse {
  const below: unknown = env
  if (typeof below === 'object' && below !== null && 'outgoing' in below) {
    if (below.outgoing instanceof ServerResponse) return below.outgoing
  }
  throw new Error('events are streamed by a server')
}
