// Chat Completions as servers really speak it. The SDK's model reads only OpenAI's own shape: a
// missing tool index glues names together, a missing choice index loses the whole answer, an
// object as arguments becomes "[object Object]". Chunks are put right here, before it reads them,
// and messages are sent in the plainest form, which every server takes.
import type { APIPromise, OpenAI } from 'openai'
import {
  type ChatCompletion,
  type ChatCompletionChunk,
  type ChatCompletionCreateParams,
  type ChatCompletionCreateParamsNonStreaming,
  type ChatCompletionCreateParamsStreaming,
  type ChatCompletionMessageParam,
  Completions,
} from 'openai/resources/chat/completions'
import { Stream } from 'openai/streaming'
import { isRecord, listAt, recordAt, textAt } from './record.ts'
import { ToolCallRepair } from './tool-call-repair.ts'

type Answer = ChatCompletion | Stream<ChatCompletionChunk>

/** Observations about the requests and answers of one model. */
export interface Seen {
  usedCallIds: Set<string>
  /** The field in which this server sends reasoning and expects it back. */
  reasoningKey: ReasoningKey
}

export function nothingSeen(): Seen {
  return { usedCallIds: new Set(), reasoningKey: 'reasoning' }
}

export class TolerantCompletions extends Completions {
  readonly #seen: Seen

  constructor(client: OpenAI, seen: Seen) {
    super(client)
    this.#seen = seen
  }

  override create(
    body: ChatCompletionCreateParamsNonStreaming,
    options?: OpenAI.RequestOptions,
  ): APIPromise<ChatCompletion>
  override create(
    body: ChatCompletionCreateParamsStreaming,
    options?: OpenAI.RequestOptions,
  ): APIPromise<Stream<ChatCompletionChunk>>
  override create(
    body: ChatCompletionCreateParams,
    options?: OpenAI.RequestOptions,
  ): APIPromise<Answer>
  override create(
    body: ChatCompletionCreateParams,
    options?: OpenAI.RequestOptions,
  ): APIPromise<Answer> {
    for (const message of body.messages) {
      for (const call of listAt(message, 'tool_calls'))
        this.#seen.usedCallIds.add(textAt(call, 'id'))
    }
    const messages = plainMessages(body.messages, this.#seen.reasoningKey)
    return super
      .create({ ...body, messages }, options)
      ._thenUnwrap((answer) =>
        answer instanceof Stream
          ? new Stream(() => this.#repaired(answer), answer.controller)
          : answer,
      )
  }

  async *#repaired(stream: Stream<ChatCompletionChunk>): AsyncGenerator<ChatCompletionChunk> {
    const calls = new ToolCallRepair(this.#seen.usedCallIds)
    for await (const chunk of stream) {
      for (const choice of listAt(chunk, 'choices')) {
        if (isRecord(choice)) this.#repairChoice(choice, calls)
      }
      yield chunk
    }
  }

  #repairChoice(choice: Record<string, unknown>, calls: ToolCallRepair): void {
    choice['index'] ??= 0
    const delta = recordAt(choice, 'delta')
    if (delta === null) return
    if (Array.isArray(delta['content'])) splitTypedContent(delta, delta['content'])
    const reasoning = textAt(delta, 'reasoning_content')
    if (reasoning !== '') {
      this.#seen.reasoningKey = 'reasoning_content'
      // The SDK keeps `reasoning` for the next turn of the run, and drops `reasoning_content`.
      delta['reasoning'] = reasoning
      delete delta['reasoning_content']
    }
    if (delta['tool_calls'] !== undefined) {
      delta['tool_calls'] = listAt(delta, 'tool_calls').filter(isRecord)
      for (const call of listAt(delta, 'tool_calls')) if (isRecord(call)) calls.repair(call)
    }
  }
}

/** Some servers send text and thinking as typed parts, like `[{type: 'text', text}]`. */
function splitTypedContent(delta: Record<string, unknown>, parts: unknown[]): void {
  const thinking = parts.filter((part) => textAt(part, 'type') === 'thinking')
  const inner = thinking.flatMap((part) => listAt(part, 'thinking'))
  delta['content'] = parts.map((part) => textAt(part, 'text')).join('')
  if (inner.length > 0) delta['reasoning'] = inner.map((part) => textAt(part, 'text')).join('')
}

type ReasoningKey = 'reasoning' | 'reasoning_content'

/**
 * Messages in the plainest form of the Chat API: text as one string and not as a list of parts with
 * foreign keys, which some servers refuse, and reasoning under the key the server itself uses.
 */
function plainMessages(
  messages: ChatCompletionMessageParam[],
  reasoningKey: ReasoningKey,
): ChatCompletionMessageParam[] {
  return joinUsers(messages.map((message) => renameReasoning(plainContent(message), reasoningKey)))
}

/** Many chat templates insist that user and assistant take turns. */
function joinUsers(messages: ChatCompletionMessageParam[]): ChatCompletionMessageParam[] {
  const joined: ChatCompletionMessageParam[] = []
  for (const message of messages) {
    const last = joined.at(-1)
    const both = message.role === 'user' && last?.role === 'user'
    if (both && typeof message.content === 'string' && typeof last.content === 'string') {
      joined[joined.length - 1] = { ...last, content: `${last.content}\n\n${message.content}` }
    } else {
      joined.push(message)
    }
  }
  return joined
}

function plainContent(message: ChatCompletionMessageParam): ChatCompletionMessageParam {
  if (message.role !== 'assistant' && message.role !== 'user') return message
  const text = Array.isArray(message.content) ? onlyText(message.content) : null
  return text === null ? message : { ...message, content: text }
}

/** Returns null if there is anything but text. */
function onlyText(parts: unknown[]): string | null {
  const plain = parts.every((part) => textAt(part, 'type') === 'text')
  return plain ? parts.map((part) => textAt(part, 'text')).join('') : null
}

function renameReasoning(
  message: ChatCompletionMessageParam,
  key: ReasoningKey,
): ChatCompletionMessageParam {
  if (!('reasoning' in message)) return message
  const { reasoning, ...rest } = message
  return typeof reasoning === 'string' ? { ...rest, [key]: reasoning } : rest
}
