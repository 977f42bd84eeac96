// The demo speaks the Chat API inside the process: a fetch function that streams chunks, so that
// its answers take the same road as a provider's, and nothing listens on a port.
import { setTimeout as delay } from 'node:timers/promises'
import { v7 as uuid } from 'uuid'
import { backgroundWorker } from '../../worker/background-worker.ts'
import type { FetchFunction } from '../upstream-fetch.ts'
import { planReply } from './plan-reply.ts'
import type { Reply } from './reply.ts'
import { readTurn, type Turn } from './turn.ts'

export interface DemoPace {
  /** Infinity: as fast as it can. */
  tokensPerSecond: number
  firstTokenMs: number
}

export const PLEASANT_PACE: DemoPace = { tokensPerSecond: 100, firstTokenMs: 250 }

export function demoFetch(pace: DemoPace = PLEASANT_PACE): FetchFunction {
  return async (_, init) => {
    const body = await new Response(init?.body).text()
    const turn = readTurn(body)
    const reply = await planReply(turn)
    if (!turn.wantsStream) return Response.json(await wholeAnswer(body, turn, reply))
    const signal = init?.signal ?? new AbortController().signal
    const chunks = streamChunks(body, turn, reply, { pace, signal })
    return new Response(ReadableStream.from(encode(chunks)), {
      headers: { 'content-type': 'text/event-stream' },
    })
  }
}

async function wholeAnswer(body: string, { model }: Turn, reply: Reply): Promise<object> {
  const calls = reply.calls.map((call) => ({
    id: `call_${uuid()}`,
    type: 'function',
    function: { name: call.name, arguments: JSON.stringify(call.arguments) },
  }))
  const message = {
    role: 'assistant',
    content: reply.text,
    ...(calls.length > 0 && { tool_calls: calls }),
  }
  const finish = calls.length > 0 ? 'tool_calls' : 'stop'
  return {
    ...headOf(model, 'chat.completion'),
    choices: [{ index: 0, message, finish_reason: finish }],
    usage: await usageOf(body, reply),
  }
}

function headOf(model: string, object: string) {
  return { id: `demo-${uuid()}`, object, created: Math.floor(Date.now() / 1000), model }
}

async function* encode(chunks: AsyncIterable<object>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const chunk of chunks) yield encoder.encode(`data: ${JSON.stringify(chunk)}\n\n`)
  yield encoder.encode('data: [DONE]\n\n')
}

async function* streamChunks(
  body: string,
  { model }: Turn,
  reply: Reply,
  { pace, signal }: { pace: DemoPace; signal: AbortSignal },
): AsyncGenerator<object> {
  const head = headOf(model, 'chat.completion.chunk')
  const chunk = (delta: object, finish: string | null = null): object => ({
    ...head,
    choices: [{ index: 0, delta, finish_reason: finish }],
  })
  if (Number.isFinite(pace.tokensPerSecond)) await delay(pace.firstTokenMs, undefined, { signal })
  yield chunk({ role: 'assistant', content: '' })
  for await (const delta of deltasOf(reply)) {
    yield chunk(delta)
    if (Number.isFinite(pace.tokensPerSecond)) {
      await delay(1000 / pace.tokensPerSecond, undefined, { signal })
    }
  }
  yield chunk({}, reply.calls.length > 0 ? 'tool_calls' : 'stop')
  yield { ...head, choices: [], usage: await usageOf(body, reply) }
}

/** One token at a time. */
async function* deltasOf(reply: Reply): AsyncGenerator<object> {
  for (const piece of await piecesOf(reply.reasoning)) yield { reasoning: piece }
  for (const piece of await piecesOf(reply.text)) yield { content: piece }
  for (const [index, call] of reply.calls.entries()) {
    const named = { name: call.name, arguments: '' }
    yield { tool_calls: [{ index, id: `call_${uuid()}`, type: 'function', function: named }] }
    for (const piece of await piecesOf(JSON.stringify(call.arguments))) {
      yield { tool_calls: [{ index, function: { arguments: piece } }] }
    }
  }
}

function piecesOf(text: string): Promise<string[]> {
  return backgroundWorker.splitTokens(text)
}

async function usageOf(body: string, reply: Reply) {
  const calls = reply.calls.map((call) => call.name + JSON.stringify(call.arguments))
  const texts = [body, reply.reasoning, [reply.text, ...calls].join('')]
  const [input = 0, reasoning = 0, said = 0] = await backgroundWorker.countTokens(texts)
  const output = reasoning + said
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: reasoning },
  }
}
