// The parts of a request that the demo reads: who is asked, the question, and the results of its tools.
import * as z from 'zod/mini'
import { isRecord, recordAt, textAt } from '../record.ts'

const Call = z.object({
  id: z.string(),
  function: z.object({ name: z.string(), arguments: z.string() }),
})

/** The text of a question, or a file of it. */
const ContentPart = z.object({ type: z.string(), text: z.optional(z.string()) })

const Message = z.object({
  role: z.string(),
  content: z.nullish(z.union([z.string(), z.array(ContentPart)])),
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

export type TurnFile = { name: string; text: string } | { name: string; isImage: true }

export interface Turn {
  model: string
  question: string
  /** Those of the question: a text with its name, or an image. */
  files: TurnFile[]
  /** What was said while this question was being answered. */
  steers: string[]
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
  const isQuestion = ({ role }: Message, at: number) => role === 'user' && !isSteer(messages, at)
  const questions = messages.filter(isQuestion)
  const [question = '', ...before] = questions.map(({ content }) => textOf(content)).toReversed()
  const since = messages.slice(messages.findLastIndex(isQuestion) + 1)
  const calls = new Map(
    since.flatMap((message) => message.tool_calls ?? []).map((call) => [call.id, call.function]),
  )
  return {
    model,
    question,
    files: filesIn(questions.at(-1)?.content),
    steers: since.filter(({ role }) => role === 'user').map(({ content }) => textOf(content)),
    questionsBefore: before,
    outputs: since.flatMap(({ tool_call_id = '', content }) => {
      const call = calls.get(tool_call_id)
      if (call === undefined) return []
      return [{ name: call.name, arguments: readArguments(call), output: textOf(content) }]
    }),
    tools: new Map(tools.map((tool) => [tool.function.name, tool.function.description ?? ''])),
    forced: tools.find((tool) => tool.function.name === forcedName(tool_choice))?.function ?? null,
    shape: shapeIn(response_format),
    wantsStream: stream,
  }
}

type Message = z.infer<typeof Message>
type Content = Message['content']

/** In place of a result where the run ended before: what follows is a new question. */
const NO_RESULT = /^(?:Not run:|No result:|Stopped )/

/** Stands behind the result of a tool, where the answer goes on. */
function isSteer(messages: Message[], at: number): boolean {
  const before = messages[at - 1]
  if (before?.role === 'user') return isSteer(messages, at - 1)
  return before?.role === 'tool' && !NO_RESULT.test(textOf(before.content))
}

/** What was said, without the files. */
function textOf(content: Content): string {
  if (!Array.isArray(content)) return content ?? ''
  const texts = content.flatMap(({ text = '' }) => (fileIn(text) === null ? [text] : []))
  return texts.join('\n')
}

function filesIn(content: Content): TurnFile[] {
  if (!Array.isArray(content)) return []
  return content.flatMap(({ text = '' }) => fileIn(text) ?? [])
}

/** As Tally writes a file into a message. */
function fileIn(part: string): TurnFile | null {
  const [, image] = /^Image: (.*)$/.exec(part) ?? []
  if (image !== undefined) return { name: image, isImage: true }
  const [, name, text] = /^File: (.*)\n`{3,}\n([^]*)\n`{3,}$/.exec(part) ?? []
  return name === undefined || text === undefined ? null : { name, text }
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
