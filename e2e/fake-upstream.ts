// A fake OpenAI-compatible server with `/v1/responses`, `/v1/chat/completions` (streaming or not) and
// `/v1/models`. A script determines its answers and failures.
//
//   const upstream = await startFakeUpstream([{ parts: [{ text: 'Half of' }, { fault: 'destroy' }] }])
//   … use upstream.baseUrl and upstream.calls …
//   await upstream.close()
//
// A script is one answer for every request, a list whose last answer repeats, or a function of the
// request. Only model requests count as calls. `/v1/models` returns `models`, and requests about
// earlier answers are answered by `setLookUp`.
import { once } from 'node:events'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import type { Answer } from './fake-answer.ts'
import { chatBody, chatFrames } from './fake-chat.ts'
import { responseBody, responsesFrames } from './fake-responses.ts'
import { sendFrames } from './send-frames.ts'

export interface UpstreamCall {
  index: number
  api: 'responses' | 'chat_completions'
  headers: IncomingHttpHeaders
  body: Record<string, unknown>
  /** Deltas and other frames written. */
  framesSent: number
  /** Whether the connection closed before the answer was complete. */
  closedEarly: boolean
  /** Resolves when the answer is complete or the connection closes. */
  over: Promise<void>
}

export type Script = Answer | Answer[] | ((call: UpstreamCall) => Answer | Promise<Answer>)

export type UsageLookup = (path: string, headers: IncomingHttpHeaders) => object | undefined

export interface FakeUpstream {
  /** Ends in `/v1`. */
  baseUrl: string
  port: number
  calls: UpstreamCall[]
  /** Replaces the script for later requests. */
  setScript(script: Script): void
  /** Answers requests about earlier answers by path; undefined means unknown. */
  setLookUp(lookUp: UsageLookup): void
  /** Adds an endpoint that counts input and returns this number. */
  countsAs(inputTokens: number): void
  /** The requests to count. */
  counted: Record<string, unknown>[]
  /** How many requests were reset because their connection was reused. */
  readonly resets: number
  /** Resolves when this many model requests have arrived. */
  called(count: number): Promise<UpstreamCall>
  close(): Promise<void>
}

export async function startFakeUpstream(
  first: Script = {},
  options: { models?: string[]; port?: number; host?: string } = {},
): Promise<FakeUpstream> {
  let script = first
  let lookUp: UsageLookup = () => undefined
  const calls: UpstreamCall[] = []
  const counted: Record<string, unknown>[] = []
  let countsAs: number | null = null
  let resets = 0
  const waiting: { count: number; resolve: (call: UpstreamCall) => void }[] = []

  const server = createServer((request, response) => {
    void handle(request, response).catch(() => response.destroy())
  })

  const breaking = new WeakSet<object>()

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (breaking.has(request.socket)) {
      resets += 1
      request.socket.resetAndDestroy()
      return
    }
    const text = await bodyText(request)
    if (request.method === 'GET') {
      const known = lookUp(request.url ?? '', request.headers)
      if (known !== undefined) return sendJson(response, 200, known)
      return sendModels(request, response, options.models ?? ['fake'])
    }
    if (countsAs !== null && request.url?.endsWith('/input_tokens')) {
      counted.push(parseBody(text))
      return sendJson(response, 200, { object: 'response.input_tokens', input_tokens: countsAs })
    }
    const api = request.url?.includes('/responses') ? 'responses' : 'chat_completions'
    const call = recordCall(calls.length, api, request, response, parseBody(text))
    calls.push(call)
    for (const waiter of waiting) if (calls.length >= waiter.count) waiter.resolve(call)
    const answer = await pick(script, call)
    if (answer.breaksWhenKept === true) breaking.add(request.socket)
    await answerCall(call, answer, response)
  }

  server.listen(options.port ?? 0, options.host ?? '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0

  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    port,
    calls,
    setScript(next) {
      script = next
    },
    setLookUp(next) {
      lookUp = next
    },
    countsAs(inputTokens) {
      countsAs = inputTokens
    },
    counted,
    get resets() {
      return resets
    },
    called(count) {
      const there = calls[count - 1]
      if (there !== undefined) return Promise.resolve(there)
      return new Promise((resolve) => waiting.push({ count, resolve }))
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Returns the base URL of a loopback port that nothing listens on. */
export async function refusingBaseUrl(): Promise<string> {
  const upstream = await startFakeUpstream()
  await upstream.close()
  return upstream.baseUrl
}

async function bodyText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

function parseBody(text: string): Record<string, unknown> {
  const body: unknown = JSON.parse(text)
  return typeof body === 'object' && body !== null ? { ...body } : {}
}

function sendModels(request: IncomingMessage, response: ServerResponse, models: string[]): void {
  const found = request.url?.split('?')[0]?.endsWith('/models') ?? false
  response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' })
  response.end(
    JSON.stringify({ object: 'list', data: models.map((id) => ({ id, object: 'model' })) }),
  )
}

function recordCall(
  index: number,
  api: UpstreamCall['api'],
  request: IncomingMessage,
  response: ServerResponse,
  body: Record<string, unknown>,
): UpstreamCall {
  const { promise: over, resolve } = Promise.withResolvers<void>()
  const call = {
    index,
    api,
    headers: request.headers,
    body,
    framesSent: 0,
    closedEarly: false,
    over,
  }
  response.on('close', () => {
    call.closedEarly = !response.writableEnded
    resolve()
  })
  return call
}

async function pick(script: Script, call: UpstreamCall): Promise<Answer> {
  if (typeof script === 'function') return script(call)
  if (!Array.isArray(script)) return script
  return script[Math.min(call.index, script.length - 1)] ?? {}
}

async function answerCall(
  call: UpstreamCall,
  answer: Answer,
  response: ServerResponse,
): Promise<void> {
  if (answer.instead === 'hang') return call.over
  if (answer.instead === 'close') {
    response.destroy()
    return
  }
  if (answer.status !== undefined) {
    const fallback = { error: { message: `fake ${answer.status}`, type: 'fake', code: 'fake' } }
    return sendJson(response, answer.status, answer.errorBody ?? fallback, answer.headers)
  }
  if (answer.instead === 'html') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end('<!doctype html><title>A web page</title><p>Not an API.')
    return
  }
  const asked = { index: call.index, model: String(call.body['model']) }
  const chat = call.api === 'chat_completions'
  if (call.body['stream'] !== true || answer.instead === 'json') {
    const body = chat ? chatBody(asked, answer) : responseBody(asked, answer)
    return sendJson(response, 200, body, answer.headers)
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', ...answer.headers })
  response.flushHeaders()
  if (answer.instead !== 'empty') {
    const frames = chat ? chatFrames(asked, answer) : responsesFrames(asked, answer)
    if (!(await sendFrames(call, answer, frames, response))) return
    if (chat) response.write('data: [DONE]\n\n')
  }
  response.end()
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}
