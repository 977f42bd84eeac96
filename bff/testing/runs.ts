// For tests: runs over real HTTP and real SQLite. Only the model is replaced, by a function.
import { createParser } from 'eventsource-parser'
import { onTestFinished } from 'vitest'
import { Conversation, Run, type StartRun } from '#shared/api.ts'
import type { RunEvent, StoredRunEvent } from '#shared/run-event.ts'
import { decodeFrame } from '#shared/sse.ts'
import { temporaryFolder } from './temporary-database.ts'
import { serveForTest } from './serve-app.ts'
import { assemble, type Options, type Script } from './assemble.ts'

type Assembled = Awaited<ReturnType<typeof assemble>>

/** `folder` is the data folder of an earlier process. */
export async function startRuns(
  script: Script,
  { folder = temporaryFolder(), ...options }: Options & { folder?: string } = {},
): Promise<StartedRuns> {
  const parts = await assemble(folder, script, options)
  const { port } = await serveForTest(() => parts.app)
  onTestFinished(parts.end)
  return new StartedRuns(parts, `http://127.0.0.1:${port}`)
}

export class StartedRuns {
  readonly parts: Assembled
  readonly url: string

  constructor(parts: Assembled, url: string) {
    this.parts = parts
    this.url = url
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
    return Conversation.parse(await (await this.send('POST', '/api/conversations', body)).json())
  }

  async conversation(id: string, query = ''): Promise<Conversation> {
    return Conversation.parse(await (await this.request(`/api/conversations/${id}` + query)).json())
  }

  async start(conversationId: string, body: StartRun = { text: 'Hello' }): Promise<Run> {
    return Run.parse(
      await (await this.send('POST', `/api/conversations/${conversationId}/runs`, body)).json(),
    )
  }

  /** Starts a run in a new conversation. */
  async say(text: string): Promise<Run> {
    return this.start((await this.create()).id, { text })
  }

  async run(id: string): Promise<Run> {
    return Run.parse(await (await this.request(`/api/runs/${id}`)).json())
  }

  async *follow(runId: string, after = 0): AsyncGenerator<StoredRunEvent> {
    yield* readEvents(await this.request(`/api/runs/${runId}/events?after=${after}`))
  }

  /** Returns every event after the run has ended. */
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

/** Streams the pieces, each in its own commit. */
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

/** Streams a text and then does nothing until it is stopped. */
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
