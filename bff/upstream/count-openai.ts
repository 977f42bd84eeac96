// Counting at the endpoints of the OpenAI dialects: the SDK's own model writes the request, a piece of its
// input at a time, and what it would send goes to the endpoint that counts. On Chat Completions llama.cpp
// counts the very request, vLLM's tokenizer takes its messages, and an older llama.cpp first writes them as
// the prompt that it would read.
import { type ModelRequest, withTrace } from '@openai/agents'
import { inPieces } from './in-pieces.ts'
import { isRecord, listAt, textAt } from './record.ts'
import { readCount } from './read-count.ts'
import { entriesOf } from './request-text.ts'
import { sendRequest, type UpstreamRequest } from './send-request.ts'
import type { ModelTarget } from './types.ts'
import type { FetchFunction } from './upstream-fetch.ts'
import { upstreamModel } from './upstream-model.ts'

type Body = Record<string, unknown>

/** The fields that the counting endpoint of the Responses API takes, besides the input. */
const COUNTED = new Set([
  'model',
  'instructions',
  'tools',
  'tool_choice',
  'text',
  'reasoning',
  'parallel_tool_calls',
])

export async function countResponses(
  request: ModelRequest,
  target: ModelTarget,
  signal: AbortSignal,
): Promise<number | null> {
  const input: unknown[] = []
  let written: Body | null = null
  for await (const piece of inPieces(entriesOf(request))) {
    written = await writtenBody({ ...request, input: piece, signal }, target)
    if (written === null) return null
    input.push(...listAt(written, 'input'))
  }
  if (written === null) return null
  const counted = Object.entries(written).filter(([key]) => COUNTED.has(key))
  const body = { ...Object.fromEntries(counted), input }
  return readCount(await sendRequest(target, { path: '/responses/input_tokens', body, signal }))
}

export async function countChat(
  request: ModelRequest,
  target: ModelTarget,
  signal: AbortSignal,
): Promise<number | null> {
  const body = await writtenChat({ ...request, signal }, target)
  if (body === null) return null
  if (target.countsWith === 'tokenize') return tokenized(target, body, signal)
  const path = '/chat/completions/input_tokens'
  return readCount(await sendRequest(target, { path, body, signal }))
}

/** The instructions stand before the first piece only. */
async function writtenChat(request: ModelRequest, target: ModelTarget): Promise<Body | null> {
  const messages: unknown[] = []
  let first: Body | null = null
  const { systemInstructions: _, ...bare } = request
  for await (const input of inPieces(entriesOf(request))) {
    const head = first === null ? request : bare
    const written = await writtenBody({ ...head, input }, target)
    if (written === null) return null
    messages.push(...listAt(written, 'messages'))
    first ??= written
  }
  if (first === null) return null
  const { model, tools, tool_choice: choice } = first
  return { model, messages, ...(tools === undefined ? {} : { tools, tool_choice: choice }) }
}

async function tokenized(
  target: ModelTarget,
  body: Body,
  signal: AbortSignal,
): Promise<number | null> {
  const ask = (path: string, sent: Body) =>
    answerTo(target, { path, isAtRoot: true, body: sent, signal })
  const templated = textAt(await ask('/apply-template', body), 'prompt')
  const sent =
    templated === ''
      ? { ...body, add_generation_prompt: true }
      : { content: templated, add_special: true, parse_special: true }
  return tokensIn(await ask('/tokenize', sent))
}

async function answerTo(target: ModelTarget, request: UpstreamRequest): Promise<unknown> {
  const response = await sendRequest(target, request)
  if (response.ok) return response.json()
  await response.body?.cancel()
  return null
}

/** A tokenizer tells the number, or the tokens themselves. Null: neither. */
export function tokensIn(answer: unknown): number | null {
  if (!isRecord(answer)) return null
  const { count, tokens } = answer
  const number = typeof count === 'number' ? count : Array.isArray(tokens) ? tokens.length : 0
  return Number.isSafeInteger(number) && number > 0 ? number : null
}

const PATIENCE_MS = 8_000

/** The body of the request, which is not sent. Null: it could not be written. */
async function writtenBody(request: ModelRequest, target: ModelTarget): Promise<Body | null> {
  let written: Body | null = null
  const take: FetchFunction = async (_, init = {}) => {
    const body: unknown = JSON.parse(await new Response(init.body).text())
    if (isRecord(body)) written = body
    throw new Error('taken')
  }
  const model = upstreamModel(target, PATIENCE_MS, { ask: take })
  await withTrace('count', () => model.getResponse(request)).catch(() => {})
  return written
}
