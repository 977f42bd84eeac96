// For tests: runs over real HTTP and real SQLite. Only the model is replaced, by a function.
import { join } from 'node:path'
import { createParser } from 'eventsource-parser'
import { onTestFinished } from 'vitest'
import { Conversation, paths, Run, type StartRun } from '#shared/api.ts'
import type { RunEvent, StoredRunEvent } from '#shared/run-event.ts'
import { decodeFrame } from '#shared/sse.ts'
import type { AgentRun, ModelTarget, RunOutcome } from '../agent/types.ts'
import { startHousekeeping } from '../conversations/housekeeping.ts'
import { conversationRoutes } from '../conversations/routes.ts'
import { searchMessages } from '../conversations/search-store.ts'
import type { OnQuery } from '../db/dialect.ts'
import { type Database, openDatabase } from '../db/open.ts'
import { temporaryFolder } from '../db/temporary.ts'
import { createLedger } from '../ledger/record-call.ts'
import { Problem } from '../problem.ts'
import { type Served, serveForTest } from '../serve-for-test.ts'
import { openRuns, type Runs } from './open-runs.ts'
import { type RunRouteOptions, runRoutes } from './routes.ts'
import type { RunParts } from './run-parts.ts'

export type Script = (run: AgentRun) => Promise<RunOutcome>

export interface Options extends RunRouteOptions {
  /** Of a run before this one, as after a restart. */
  folder?: string
  makeTitle?: RunParts['makeTitle']
  onQuery?: OnQuery
}

export const TARGET: ModelTarget = {
  provider: 'test',
  kind: 'configured',
  baseUrl: 'http://127.0.0.1:9/v1',
  api: 'responses',
  apiKey: null,
  headers: {},
  maxRetries: 0,
  model: 'model-1',
}

export async function startRuns(runAgent: Script, options: Options = {}) {
  const { folder = temporaryFolder(), makeTitle = () => Promise.resolve(null), onQuery } = options
  const db = await openDatabase(join(folder, 'tally.db'), onQuery === undefined ? {} : { onQuery })
  const faults: unknown[] = []
  const housekeeping = startHousekeeping(db, (error) => faults.push(error))
  const runs = await openRuns({
    db,
    ledger: createLedger(db),
    lines: { run: () => {}, fault: (error) => void faults.push(error) },
    maxTurns: 5,
    idleTimeoutMs: 1000,
    runAgent,
    makeTitle,
    searchMessages: (query, limit) => searchMessages(db, query, limit),
    findTarget: ({ provider, model }) => targetFor(provider, model),
    checkAgent,
    onMessages: housekeeping.index,
  })
  const app = conversationRoutes({
    db,
    defaultAgent: 'assistant',
    live: (runId) => runs.parts.log.folded(runId),
    checkChoice: ({ agent }) => checkAgent(agent ?? 'assistant'),
    stopRunOf: runs.stopRunOf,
  })
  app.route('/', runRoutes(runs.parts, options))
  app.onError((error) => {
    if (error instanceof Problem) return error.toResponse()
    faults.push(error)
    return new Problem('internal').toResponse()
  })
  const served = await serveForTest(() => app)
  const end = once(async () => {
    await runs.end()
    await housekeeping.stop()
    await db.close()
  })
  onTestFinished(end)
  return new StartedRuns({ served, db, runs, folder, faults, end })
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null
  return () => (done ??= work())
}

function targetFor(provider: string | null, model: string | null): ModelTarget {
  if (provider !== null && provider !== TARGET.provider) throw new Problem('provider_not_found')
  return { ...TARGET, model: model ?? TARGET.model }
}

function checkAgent(name: string): void {
  if (name !== 'assistant') throw new Problem('agent_not_found')
}

interface Parts {
  served: Served
  db: Database
  runs: Runs
  folder: string
  faults: unknown[]
  end: () => Promise<void>
}

export class StartedRuns {
  readonly parts: Parts
  readonly url: string

  constructor(parts: Parts) {
    this.parts = parts
    this.url = `http://127.0.0.1:${parts.served.port}`
  }

  request(path: string, init?: RequestInit): Promise<Response> {
    return fetch(this.url + path, init)
  }

  send(method: string, path: string, body?: unknown, headers = {}): Promise<Response> {
    const json = body === undefined ? {} : { body: JSON.stringify(body) }
    const type = { 'Content-Type': 'application/json' }
    return this.request(path, { method, headers: { ...type, ...headers }, ...json })
  }

  async create(body: object = {}): Promise<Conversation> {
    return Conversation.parse(await (await this.send('POST', paths.conversations, body)).json())
  }

  async conversation(id: string, query = ''): Promise<Conversation> {
    return Conversation.parse(await (await this.request(paths.conversation(id) + query)).json())
  }

  async start(conversationId: string, body: StartRun = { text: 'Hello' }): Promise<Run> {
    return Run.parse(await (await this.send('POST', paths.runs(conversationId), body)).json())
  }

  /** A run in a new conversation. */
  async say(text: string): Promise<Run> {
    return this.start((await this.create()).id, { text })
  }

  async run(id: string): Promise<Run> {
    return Run.parse(await (await this.request(paths.run(id))).json())
  }

  async *follow(runId: string, after = 0): AsyncGenerator<StoredRunEvent> {
    yield* readEvents(await this.request(`${paths.events(runId)}?after=${after}`))
  }

  /** Every event, once the run has ended. */
  ended(runId: string): Promise<StoredRunEvent[]> {
    return collect(this.follow(runId))
  }
}

export async function* readEvents(response: Response): AsyncGenerator<StoredRunEvent> {
  const found: (StoredRunEvent | null)[] = []
  const parser = createParser({ onEvent: (frame) => found.push(decodeFrame(frame)) })
  for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    parser.feed(text)
    for (const event of found.splice(0)) if (event !== null) yield event
  }
}

export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const each of source) all.push(each)
  return all
}

export function token(delta: string): RunEvent {
  return { type: 'token', at: new Date().toISOString(), delta }
}

/** Says the pieces, each in a commit of its own. */
export function says(...pieces: string[]): Script {
  return async (run) => {
    for (const piece of pieces) await run.emit(token(piece))
    await run.storeItems([answerItem(pieces.join(''))])
    return { status: 'completed' }
  }
}

export function answerItem(text: string) {
  const content = [{ type: 'output_text', text }]
  return { type: 'message', role: 'assistant', status: 'completed', content }
}

/** Says something and then does nothing until it is stopped. */
export function hangsAfter(text: string): Script {
  return async (run) => {
    await run.emit(token(text))
    await aborted(run.signal)
    return { status: 'stopped' }
  }
}

export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve())
  })
}

export function textOf(events: StoredRunEvent[]): string {
  return events.map(({ event }) => (event.type === 'token' ? event.delta : '')).join('')
}
