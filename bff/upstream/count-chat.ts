// Counting on Chat Completions: llama.cpp has an endpoint that counts the very request, vLLM's tokenizer
// takes its messages, and an older llama.cpp first writes them as the prompt that it would read.
import type { ModelRequest } from '@openai/agents'
import { inPieces } from './in-pieces.ts'
import { readCount } from './read-count.ts'
import { isRecord, listAt, textAt } from './record.ts'
import { encodeBody } from './request-body.ts'
import { entriesOf } from './request-text.ts'
import type { ModelTarget } from './types.ts'
import { upstreamFetch } from './upstream-fetch.ts'
import type { FetchFunction } from './upstream-model.ts'
import { type WrittenRequest, writtenRequest } from './written-request.ts'

export async function countChat(
  request: ModelRequest,
  target: ModelTarget,
  stop: AbortSignal,
  ask: FetchFunction = upstreamFetch,
): Promise<number | null> {
  const written = await writtenInPieces({ ...request, signal: stop }, target)
  if (written === null) return null
  const { address, headers, body } = written
  const post = async (url: URL, sent: object) =>
    ask(url, { method: 'POST', headers, body: await encodeBody(sent), signal: stop })
  if (target.countsWith === 'tokenize') return tokenized(address, body, post)
  return readCount(await post(new URL(`${address.href}/input_tokens`), body))
}

/** The instructions stand before the first piece only. */
async function writtenInPieces(
  request: ModelRequest,
  target: ModelTarget,
): Promise<WrittenRequest | null> {
  const messages: unknown[] = []
  let first: WrittenRequest | null = null
  const { systemInstructions: _, ...bare } = request
  for await (const input of inPieces(entriesOf(request))) {
    const head = first === null ? request : bare
    const written = await writtenRequest({ ...head, input }, target)
    if (written === null) return null
    messages.push(...listAt(written.body, 'messages'))
    first ??= written
  }
  if (first === null) return null
  const { model, tools, tool_choice: choice } = first.body
  const body = { model, messages, ...(tools === undefined ? {} : { tools, tool_choice: choice }) }
  return { ...first, body }
}

async function tokenized(
  { origin, pathname, search }: URL,
  body: Record<string, unknown>,
  post: (url: URL, sent: object) => Promise<Response>,
): Promise<number | null> {
  const root = `${origin}${pathname.replace(/(\/v1)?\/chat\/completions$/, '')}`
  const tokenizer = new URL(`${root}/tokenize${search}`)
  const prompt = await answerOf(await post(new URL(`${root}/apply-template${search}`), body))
  const templated = textAt(prompt, 'prompt')
  const sent =
    templated === ''
      ? { ...body, add_generation_prompt: true }
      : { content: templated, add_special: true, parse_special: true }
  return tokensIn(await answerOf(await post(tokenizer, sent)))
}

/** A tokenizer tells the number, or the tokens themselves. Null: neither. */
export function tokensIn(answer: unknown): number | null {
  if (!isRecord(answer)) return null
  const { count, tokens } = answer
  const number = typeof count === 'number' ? count : Array.isArray(tokens) ? tokens.length : 0
  return Number.isSafeInteger(number) && number > 0 ? number : null
}

async function answerOf(response: Response): Promise<unknown> {
  if (response.ok) return response.json()
  await response.body?.cancel()
  return null
}
