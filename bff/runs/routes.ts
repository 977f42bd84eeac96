// The HTTP side of runs: start, stop, look and follow. There is one way to read a run, and starting
// one with `Accept: text/event-stream` is reading it from its first event.
import { ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type Context, Hono } from 'hono'
import * as z from 'zod/mini'
import { ContinueMessage, Run, StartRun } from '#shared/api.ts'
import { RunEvent } from '#shared/run-event.ts'
import { StopRun } from '#shared/stop-run.ts'
import { CHANGE, CHOICE, eventStream, header, json, operation } from '../http/operation.ts'
import { body } from '../http/request.ts'
import { Problem, type ProblemCode } from '../http/problem.ts'
import { readIdempotency } from '../http/idempotency.ts'
import { STREAM_HEADERS, writeEvents } from './event-stream.ts'
import { type Cursor, followRuns, NOTHING_LEFT, Portions, type Reader } from './follow-run.ts'
import { readCursor } from './event-stream.ts'
import { queueRoutes } from './queue-routes.ts'
import { steerRoutes } from './steer-routes.ts'
import { checkTimeZone, readSubmit } from './read-submit.ts'
import type { RunParts } from './run-parts.ts'
import { findLiveRun as find, present } from './find-run.ts'
import { isTrimmed } from './run-store.ts'
import { waitRoutes } from './wait-routes.ts'
import { continueRun } from './continue-run.ts'
import { startRun } from './start-run.ts'
import { type StreamCaps, StreamLimit } from './stream-limit.ts'
import { Turns } from './turns.ts'
import { t } from '#shared/translate.ts'

export interface RunRouteOptions extends StreamCaps {
  heartbeatMs?: number
  stallMs?: number
}

const EVENTS = eventStream(
  RunEvent,
  'The events, one frame each: `event` is the type, `id` the seq, `data` the rest of the RunEvent as JSON. A comment every 15 seconds; `reconnect` without an id asks to come back later.',
)

const STARTING: ProblemCode[] = [
  'run_active',
  'idempotency_conflict',
  'gone',
  'too_many_streams',
  'streams_full',
]

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
      throw new Problem('gone', t`Read the conversation: it has the whole answer.`)
    }
    return [{ runId, after }]
  }

  /** With the run, or with the stream of its events. */
  async function answerStart(c: Context, start: () => Promise<Run>): Promise<Response> {
    if (c.req.header('accept')?.includes('text/event-stream')) {
      return stream(c, async () => cursorOf((await start()).id, 0))
    }
    const run = await start()
    return c.json(present(parts, run), 202, { Location: `/api/runs/${run.id}` })
  }

  app.post(
    '/api/conversations/:id/runs',
    operation({
      operationId: 'startRun',
      summary: 'Say something: start a run',
      description:
        'With `Accept: text/event-stream` the answer is the stream of its events, else the run. The same `Idempotency-Key` with the same body starts one run, however often it is sent.',
      parameters: [header('Idempotency-Key', 'Made once per submit')],
      responses: { 200: EVENTS, 202: json(Run, 'The run has started') },
      problems: [
        ...CHANGE,
        ...CHOICE,
        'conversation_not_found',
        'message_not_found',
        'file_not_found',
        'file_missing',
        'file_not_accepted',
        ...STARTING,
      ],
    }),
    body(StartRun),
    async (c) => {
      const submit = c.req.valid('json')
      const asked = readSubmit(submit)
      const conversationId = c.req.param('id')
      const idempotency = readIdempotency(c.req.header('idempotency-key'), [conversationId, submit])
      return answerStart(c, () => startRun(parts, { conversationId, body: asked, idempotency }))
    },
  )

  app.post(
    '/api/messages/:id/continue',
    operation({
      operationId: 'continueMessage',
      summary: 'Go on with an answer that did not complete',
      description:
        'A new run of the same message, with fresh limits: what the message has stays, and the totals are those of all its runs. Only the last answer of the selected branch can go on. `Accept` and `Idempotency-Key` work as for startRun.',
      parameters: [header('Idempotency-Key', 'Made once per request of the user')],
      responses: { 200: EVENTS, 202: json(Run, 'The run has started') },
      problems: [...CHANGE, ...CHOICE, 'message_not_found', 'not_continuable', ...STARTING],
    }),
    body(z._default(ContinueMessage, {})),
    async (c) => {
      const asked = c.req.valid('json')
      checkTimeZone(asked.timeZone)
      const messageId = c.req.param('id')
      const said = ['continue', messageId, asked]
      const idempotency = readIdempotency(c.req.header('idempotency-key'), said)
      return answerStart(c, () => continueRun(parts, { messageId, body: asked, idempotency }))
    },
  )

  app.get(
    '/api/runs/:id',
    operation({
      operationId: 'getRun',
      summary: 'A run and how far its log is',
      responses: { 200: json(Run) },
      problems: ['run_not_found'],
    }),
    async (c) => c.json(present(parts, await find(parts, c.req.param('id')))),
  )

  app.get(
    '/api/runs/:id/events',
    operation({
      operationId: 'followRun',
      summary: 'Follow a run: what comes after a cursor, then what happens',
      parameters: [
        {
          in: 'query',
          name: 'after',
          description: 'The last seq seen',
          schema: { type: 'integer', minimum: 0 },
        },
        header('Last-Event-ID', 'The same, as EventSource sends it'),
      ],
      responses: { 200: EVENTS, 204: { description: 'The run is over and nothing is left' } },
      problems: ['invalid_cursor', 'run_not_found', 'gone', 'too_many_streams', 'streams_full'],
    }),
    async (c) => {
      const run = await find(parts, c.req.param('id'))
      const { lastSeq } = present(parts, run)
      const after = readCursor(c.req.header('last-event-id') ?? c.req.query('after'), lastSeq)
      if (run.status !== 'running' && after === lastSeq) return c.body(null, 204)
      return stream(c, () => cursorOf(run.id, after))
    },
  )

  app.get(
    '/api/events',
    operation({
      operationId: 'followRuns',
      summary: 'Follow several runs in one stream',
      description:
        'Before frames of another run than before comes `event: source` with its `runId`, and `event: source_end` when nothing is left of one: it has ended, or it cannot be followed.',
      parameters: [
        {
          in: 'query',
          name: 'run',
          description: 'A run and the last seq seen of it, as `<id>:<seq>`; once for each run',
          schema: { type: 'array', items: { type: 'string' } },
        },
      ],
      responses: { 200: EVENTS },
      problems: ['bad_request', 'too_many_streams', 'streams_full'],
    }),
    async (c) => {
      const wanted = c.req.queries('run') ?? []
      if (wanted.length === 0 || wanted.length > MAX_RUNS_PER_STREAM) {
        throw new Problem(
          'bad_request',
          t`Name 1 to ${MAX_RUNS_PER_STREAM} runs as run=<id>:<seq>.`,
        )
      }
      const cursors = async () => {
        const read: Cursor[] = []
        for (const text of wanted) read.push(await readRunCursor(parts, text))
        return read
      }
      return stream(c, cursors, true)
    },
  )

  app.post(
    '/api/runs/:id/stop',
    operation({
      operationId: 'stopRun',
      summary: 'Stop a run; stopping one that is over changes nothing',
      description:
        'The run ends at once. `cut`, which is also what no body means, closes the connection to the provider. `finish_counting` keeps reading, unseen, until the usage of the answer under way is reported, for five minutes at most, and corrects its row; a later `cut` ends that.',
      responses: { 200: json(Run) },
      problems: [...CHANGE, 'run_not_found'],
    }),
    body(z._default(StopRun, {})),
    async (c) => {
      const run = await find(parts, c.req.param('id'))
      parts.active.stop(run.id, c.req.valid('json').mode)
      return c.json(present(parts, run))
    },
  )

  app.route('/', waitRoutes(parts))
  app.route('/', queueRoutes(parts))
  app.route('/', steerRoutes(parts))
  return app
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

/** Node's own response; only an app that is asked without a server has none. */
function responseBelow({ env }: Context): ServerResponse {
  const below: unknown = env
  if (typeof below === 'object' && below !== null && 'outgoing' in below) {
    if (below.outgoing instanceof ServerResponse) return below.outgoing
  }
  throw new Error('events are streamed by a server')
}
