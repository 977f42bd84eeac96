// The parts of a request that the demo reads: the question, and the results of its tools.
import * as z from 'zod/mini'
import { recordAt, textAt } from '../record.ts'

const Call = z.object({
  id: z.string(),
  function: z.object({ name: z.string(), arguments: z.string() }),
})

const Expression = z.object({ expression: z.string() })

const Message = z.object({
  role: z.string(),
  content: z.nullish(z.string()),
  tool_calls: z.optional(z.array(Call)),
  tool_call_id: z.optional(z.string()),
})

const Body = z.object({
  model: z.string(),
  messages: z.array(Message),
  tools: z.optional(
    z.array(z.object({ function: z.object({ name: z.string(), parameters: z.unknown() }) })),
  ),
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
  /** The computed result, if any. */
  expression: string
  output: string
}

export interface Turn {
  model: string
  question: string
  /** The question before, for "and in Tokyo?". */
  questionBefore: string
  /** Outputs of the tools that were called for this question. */
  outputs: ToolOutput[]
  tools: Set<string>
  /** The function that must be called. */
  forced: { name: string; parameters: unknown } | null
  wantsTitle: boolean
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
  const asked = messages.findLastIndex(({ role }) => role === 'user')
  const since = messages.slice(asked + 1)
  const calls = new Map(
    since.flatMap((message) => message.tool_calls ?? []).map((call) => [call.id, call.function]),
  )
  return {
    model,
    question: questions.at(-1)?.content ?? '',
    questionBefore: questions.at(-2)?.content ?? '',
    outputs: since.flatMap(({ tool_call_id = '', content }) => {
      const call = calls.get(tool_call_id)
      if (call === undefined) return []
      return [{ name: call.name, expression: expressionIn(call.arguments), output: content ?? '' }]
    }),
    tools: new Set(tools.map((tool) => tool.function.name)),
    forced: tools.find((tool) => tool.function.name === forcedName(tool_choice))?.function ?? null,
    wantsTitle: response_format !== undefined,
    wantsStream: stream,
  }
}

function forcedName(choice: unknown): string {
  return textAt(recordAt(choice, 'function'), 'name')
}

function expressionIn(args: string): string {
  const parsed = Expression.safeParse(JSON.parse(args))
  return parsed.success ? parsed.data.expression : ''
}
