// A fake BFF for component tests of the chat. It keeps conversations and streams the events that a test
// emits.
import type { BranchMessage, Conversation, Run } from '#shared/api.ts'
import { foldAll } from '#shared/fold-run.ts'
import { NO_CALLS } from '#shared/ledger.ts'
import type { Message } from '#shared/message.ts'
import { QueueMessage, type QueuedMessage } from '#shared/queue.ts'
import { type EndingStatus, RunEvent } from '#shared/run-event.ts'
import { encodeData, encodeFrame } from '#shared/sse.ts'

export interface RecordedRequest {
  method: string
  path: string
  body: unknown
  /** The idempotency key. */
  key: string | null
}

export const at = (second = 0) => new Date(Date.UTC(2026, 0, 1, 12, 0, second)).toISOString()

export function conversation(id: string, messages: BranchMessage[] = []): Conversation {
  return {
    id,
    title: `About ${id}`,
    createdAt: at(),
    updatedAt: at(),
    agent: 'assistant',
    provider: null,
    model: null,
    settings: {},
    totals: NO_CALLS,
    activeRunId: null,
    pinned: false,
    archived: false,
    folderId: null,
    unread: false,
    messages,
    previousCursor: null,
  }
}

export function message(id: string, role: Message['role'], text: string): BranchMessage {
  return {
    id,
    conversationId: 'c1',
    parentId: null,
    role,
    status: 'completed',
    parts: [{ type: 'text', text }],
    createdAt: at(),
    runId: role === 'user' ? null : `run-of-${id}`,
    agent: null,
    provider: null,
    model: null,
    totals: null,
    siblingIds: [id],
  }
}

type WithoutTime<Each> = Each extends RunEvent ? Omit<Each, 'at'> : never

/** A run in progress. The test emits events, which are logged and streamed to followers. */
export class TestRun {
  readonly id: string
  readonly message: BranchMessage
  readonly #log: RunEvent[] = []
  readonly #streams = new Set<ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>>()

  constructor(id: string, conversationId: string) {
    this.id = id
    const empty = { ...message(`answer-${id}`, 'assistant', ''), parts: [], conversationId }
    this.message = { ...empty, runId: id, status: 'running' }
    const made = { agent: 'assistant', provider: 'demo', model: 'demo' }
    this.emit({ type: 'run', runId: id, conversationId, messageId: this.message.id, ...made })
  }

  emit(event: WithoutTime<RunEvent>): void {
    this.#log.push(RunEvent.parse({ ...event, at: at(this.#log.length) }))
    for (const stream of this.#streams) stream.enqueue(this.#frame(this.#log.length))
  }

  say(text: string): void {
    for (const word of text.split(/(?<= )/)) this.emit({ type: 'token', delta: word })
  }

  end(status: EndingStatus = 'completed'): void {
    this.emit({ type: 'done', status, totals: NO_CALLS })
    const log = this.#log.map((event, index) => ({ seq: index + 1, event }))
    Object.assign(this.message, foldAll(log).message)
    for (const stream of this.#streams) stream.close()
  }

  stream(after: number): Response {
    let opened: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | undefined
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      cancel: () => {
        if (opened !== undefined) this.#streams.delete(opened)
      },
      start: (controller) => {
        opened = controller
        for (let seq = after + 1; seq <= this.#log.length; seq++) {
          controller.enqueue(this.#frame(seq))
        }
        this.#streams.add(controller)
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }

  #frame(seq: number): Uint8Array<ArrayBuffer> {
    const event = this.#log[seq - 1]
    if (event === undefined) throw new Error(`no event ${seq}`)
    return new TextEncoder().encode(encodeFrame(seq, event.type, encodeData(event)))
  }
}

export class TestBff {
  readonly conversations = new Map<string, Conversation>()
  readonly runs: TestRun[] = []
  readonly queued: QueuedMessage[] = []
  readonly #byKey = new Map<string, TestRun>()
  readonly #madeByKey = new Map<string | null, Conversation>()

  readonly answer = (asked: RecordedRequest): unknown => {
    const [path = '', query = ''] = asked.path.split('?')
    const [, , resource, id = '', what] = path.split('/')
    if (resource === 'models') return { items: [], nextCursor: null, default: null }
    if (resource === 'runs') return this.#run(id, what, query)
    if (what === 'runs') return this.#startRun(id, asked)
    if (what === 'queue') return this.#queue(asked)
    if (asked.method === 'POST') return this.#create(asked)
    if (id === '') return { items: [...this.conversations.values()], nextCursor: null }
    return this.conversations.get(id)
  }

  get lastRun(): TestRun {
    const run = this.runs.at(-1)
    if (run === undefined) throw new Error('no run was started')
    return run
  }

  /** Ends the newest run and stores its message. */
  endRun(status: EndingStatus = 'completed'): void {
    this.lastRun.end(status)
    const { conversationId, id } = this.lastRun.message
    const stored = this.conversations.get(conversationId)
    if (stored === undefined) throw new Error(`no conversation ${conversationId}`)
    const messages = stored.messages.map((old) => (old.id === id ? this.lastRun.message : old))
    this.conversations.set(conversationId, {
      ...stored,
      messages,
      activeRunId: null,
      pinned: false,
      archived: false,
      folderId: null,
      unread: false,
    })
  }

  #queue({ method, body }: RecordedRequest): unknown {
    if (method === 'POST') {
      const { text = '' } = QueueMessage.parse(body)
      this.queued.push({
        text,
        id: `q${this.queued.length}`,
        createdAt: at(),
      })
      return this.queued.at(-1)
    }
    return { items: this.queued, nextCursor: null, held: null }
  }

  #create({ key }: RecordedRequest): Conversation {
    const known = this.#madeByKey.get(key)
    if (known !== undefined) return known
    const created = conversation(`c${this.conversations.size + 1}`)
    this.conversations.set(created.id, created)
    this.#madeByKey.set(key, created)
    return created
  }

  #startRun(id: string, { key, body }: RecordedRequest): Run {
    const known = this.#byKey.get(key ?? '')
    if (known !== undefined) return asRun(known)
    const stored = this.conversations.get(id)
    if (stored === undefined) throw new Error(`no conversation ${id}`)
    // A message ends what waits for a decision.
    if (stored.activeRunId !== null) {
      this.endRun('stopped')
      return this.#startRun(id, { key, body, method: 'POST', path: '' })
    }
    const run = new TestRun(`r${this.runs.length + 1}`, id)
    this.runs.push(run)
    this.#byKey.set(key ?? '', run)
    this.conversations.set(id, {
      ...stored,
      messages: [...before(stored.messages, body), ...questionOf(body, run.id), run.message],
      activeRunId: run.id,
    })
    return asRun(run)
  }

  #run(id: string, what: string | undefined, query: string): unknown {
    if (what === 'stop') {
      this.endRun('stopped')
      return {}
    }
    const after = Number(new URLSearchParams(query).get('after'))
    return this.runs.find((run) => run.id === id)?.stream(after)
  }
}

function asRun({ id, message: answer }: TestRun): Run {
  return {
    id,
    conversationId: answer.conversationId,
    messageId: answer.id,
    userMessageId: `question-${id}`,
    status: answer.status,
    agent: 'assistant',
    provider: 'demo',
    model: 'demo',
    lastSeq: 0,
    createdAt: answer.createdAt,
    endedAt: null,
  }
}

/** What a new message comes after. */
function before(messages: BranchMessage[], body: unknown): BranchMessage[] {
  const isPlaced = typeof body === 'object' && body !== null && 'parentId' in body
  if (!isPlaced) return messages
  return messages.slice(0, messages.findIndex(({ id }) => id === body.parentId) + 1)
}

function questionOf(body: unknown, runId: string): BranchMessage[] {
  const text = typeof body === 'object' && body !== null && 'text' in body ? body.text : null
  return typeof text === 'string' ? [message(`question-${runId}`, 'user', text)] : []
}
