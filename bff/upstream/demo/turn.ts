// The parts of a request that the demo reads: who is asked, the question, and the results of its tools.
import * as z from 'zod/mini'
import { isRecord, recordAt, textAt } from '../record.ts'

const Call = z.object({
  id: z.string(),
  function: z.object({ name: z.string(), arguments: z.string() }),
})

const Message = z.object({
  role: z.string(),
  content: z.nullish(z.string()),
  tool_calls: z.optional(z.array(Call)),
  tool_call_id: z.optional(z.string()),
})

const Tool = z.object({
  function: z.object({
    name: z.string(),
    description: z.optional(z.string()),
    parameters: z.unknown(),
  }),
})

const Body = z.object({
  model: z.string(),
  messages: z.array(Message),
  tools: z.optional(z.array(Tool)),
  tool_choice: z.optional(z.unknown()),
  response_format: z.optional(z.unknown()),
  stream: z.optional(z.boolean()),
})

/** A tool that the demo asks for. */
export interface ToolRequest {
  name: string
  arguments: object
}

export interface ToolOutput {
  name: string
  arguments: Record<string, unknown>
  output: string
}

export interface Turn {
  model: string
  question: string
  /** The questions before, the last one first: for "and in Tokyo?". */
  questionsBefore: string[]
  /** Outputs of the tools that were called for this question. */
  outputs: ToolOutput[]
  /** Descriptions by name. */
  tools: Map<string, string>
  /** The function that must be called. */
  forced: { name: string; parameters: unknown } | null
  /** The JSON that the answer must be. */
  shape: { name: string; schema: unknown } | null
  wantsStream: boolean
}

export function readTurn(body: string): Turn {
  const {
    model,
    messages,
    tools = [],
    tool_choice,
    response_format,
    stream = false,
  } = Body.parse(JSON.parse(body))
  const questions = messages.filter(({ role }) => role === 'user')
  const [question = '', ...before] = questions.map(({ content }) => content ?? '').toReversed()
  const since = messages.slice(messages.findLastIndex(({ role }) => role === 'user') + 1)
  const calls = new Map(
    since.flatMap((message) => message.tool_calls ?? []).map((call) => [call.id, call.function]),
  )
  return {
    model,
    question,
    questionsBefore: before,
    outputs: since.flatMap(({ tool_call_id = '', content }) => {
      const call = calls.get(tool_call_id)
      if (call === undefined) return []
      return [{ name: call.name, arguments: readArguments(call), output: content ?? '' }]
    }),
    tools: new Map(tools.map((tool) => [tool.function.name, tool.function.description ?? ''])),
    forced: tools.find((tool) => tool.function.name === forcedName(tool_choice))?.function ?? null,
    shape: shapeIn(response_format),
    wantsStream: stream,
  }
}

function forcedName(choice: unknown): string {
  return textAt(recordAt(choice, 'function'), 'name')
}

function shapeIn(format: unknown): Turn['shape'] {
  if (format === undefined) return null
  const shape = recordAt(format, 'json_schema')
  return { name: textAt(shape, 'name'), schema: recordAt(shape, 'schema') }
}

function readArguments(call: z.infer<typeof Call>['function']): Record<string, unknown> {
  const parsed = parseJson(call.arguments)
  return isRecord(parsed) ? parsed : {}
}

/** Null if it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
