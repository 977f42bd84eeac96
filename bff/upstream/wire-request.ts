// A small request in the words of the API that the provider speaks.
import type { RequestFallback } from './request-fallbacks.ts'
import type { ModelTarget } from './types.ts'
import { isOpenAi } from './upstream-model.ts'

export interface Question {
  text: string
  /** The most output tokens. */
  limit: number
  /** False for one JSON body. */
  stream?: boolean
  tools?: WireTool[]
  json?: 'schema' | 'object'
}

export interface WireTool {
  name: string
  description: string
  /** Its one parameter, a text. */
  parameter: string
}

export interface WireRequest {
  path: string
  /** Beside the base URL and not below it: servers have some of their own endpoints there. */
  isAtRoot?: boolean
  body: Record<string, unknown>
  /** Everything that is counted as input. */
  text: string
  limit: number
}

/** The schema with which Tally asks for the title of a conversation. */
const TITLE_SCHEMA = {
  type: 'object',
  properties: { title: { type: 'string', description: 'At most six words.' } },
  required: ['title'],
  additionalProperties: false,
}

/** `fallbacks`: what the server has refused. */
export function wireRequest(
  target: ModelTarget,
  question: Question,
  fallbacks: ReadonlySet<RequestFallback> = new Set(),
): WireRequest {
  const { text, limit, tools = [] } = question
  const isWhole = tools.length > 0 && fallbacks.has('stream')
  const asked = isWhole ? { ...question, stream: false } : question
  const counted = tools.length === 0 ? text : `${JSON.stringify(tools)}\n${text}`
  const [path, body] =
    target.api === 'responses' && target.kind !== 'demo'
      ? ['/responses', responsesBody(target, asked)]
      : ['/chat/completions', chatBody(target, asked, fallbacks)]
  return { path, body, text: counted, limit }
}

/** The endpoint beside the one that answers, or the tokenizer of the server. */
export type CountWay = 'input_tokens' | 'tokenize'

export function countRequest(target: ModelTarget, text: string, way: CountWay): WireRequest {
  const { model } = target
  const messages = [{ role: 'user', content: text }]
  const counted = { text, limit: 0 }
  if (way === 'tokenize') {
    // vLLM takes messages, and llama.cpp a text.
    return {
      path: '/tokenize',
      isAtRoot: true,
      body: { model, messages, content: text },
      ...counted,
    }
  }
  return target.api === 'responses'
    ? { path: '/responses/input_tokens', body: { model, input: text }, ...counted }
    : { path: '/chat/completions/input_tokens', body: { model, messages }, ...counted }
}

function chatBody(
  target: ModelTarget,
  { text, limit, stream = true, tools = [], json }: Question,
  fallbacks: ReadonlySet<RequestFallback>,
): Record<string, unknown> {
  const renamed = isOpenAi(target) || fallbacks.has('max_tokens')
  return {
    model: target.model,
    messages: [{ role: 'user', content: text }],
    [renamed ? 'max_completion_tokens' : 'max_tokens']: limit,
    stream,
    ...(stream && !fallbacks.has('stream_options')
      ? { stream_options: { include_usage: true } }
      : {}),
    ...(tools.length === 0
      ? {}
      : { tools: tools.map((tool) => ({ type: 'function', function: definition(tool) })) }),
    ...(json === undefined ? {} : { response_format: chatFormat(json) }),
  }
}

function responsesBody(
  target: ModelTarget,
  { text, limit, stream = true, tools = [], json }: Question,
): Record<string, unknown> {
  return {
    model: target.model,
    input: [{ role: 'user', content: text }],
    max_output_tokens: limit,
    stream,
    ...(tools.length === 0
      ? {}
      : { tools: tools.map((tool) => ({ type: 'function', ...definition(tool) })) }),
    ...(json === undefined ? {} : { text: { format: responsesFormat(json) } }),
  }
}

function definition({ name, description, parameter }: WireTool) {
  return {
    name,
    description,
    parameters: {
      type: 'object',
      properties: { [parameter]: { type: 'string' } },
      required: [parameter],
      additionalProperties: false,
    },
  }
}

function chatFormat(json: 'schema' | 'object') {
  return json === 'object'
    ? { type: 'json_object' }
    : { type: 'json_schema', json_schema: { name: 'title', strict: true, schema: TITLE_SCHEMA } }
}

function responsesFormat(json: 'schema' | 'object') {
  return json === 'object'
    ? { type: 'json_object' }
    : { type: 'json_schema', name: 'title', strict: true, schema: TITLE_SCHEMA }
}
