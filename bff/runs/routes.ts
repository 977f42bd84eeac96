// The HTTP side of runs: start, stop, look and follow. There is one way to read a run, and starting
// one with `Accept: text/event-stream` is reading it from its first event.
import { ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type Context, Hono } from 'hono'
import { paths, type Run, StartRun } from '#shared/api.ts'
import { DecideRun } from '#shared/budgets.ts'
import { StopRun } from '#shared/stop-run.ts'
import { Problem } from '../problem.ts'
import { readOnce } from '../once.ts'
import { parseBody, parseOptionalBody } from '../request.ts'
import { writeEvents } from './event-stream.ts'
import { followRun } from './follow-run.ts'
import { readCursor } from './read-cursor.ts'
import { checkSubmit } from './read-submit.ts'
import type { RunParts } from './run-parts.ts'
import { findRun, isTrimmed } from './run-store.ts'
import { decideRun } from './stand-still.ts'
import { startRun } from './start-run.ts'

export interface RunRouteOptions {
  heartbeatMs?: number
  stallMs?: number
}

export function runRoutes(parts: RunParts, options: RunRouteOptions = {}): Hono {
  const app = new Hono()

  async function stream(c: Context, runId: string, after: number): Promise<Response> {
    if (await isTrimmed(parts.db, runId)) {
      throw new Problem('gone', 'Read the conversation: it has the whole answer.')
    }
    const follow = (left: AbortSignal) => followRun(parts.log, runId, after, left)
    void writeEvents(responseBelow(c), follow, { ...options, ending: parts.active.ending })
    return RESPONSE_ALREADY_SENT
  }

  app.post(paths.runs(':id'), async (c) => {
    const body = await parseBody(c, StartRun)
    checkSubmit(body)
    const conversationId = c.req.param('id')
    const once = readOnce(c.req.header('idempotency-key'), [conversationId, body])
    const run = await startRun(parts, { conversationId, body, once })
    if (c.req.header('accept')?.includes('text/event-stream')) return stream(c, run.id, 0)
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
    return stream(c, run.id, after)
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
