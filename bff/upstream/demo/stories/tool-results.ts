// What a tool returned, or what stands in the place of its result.
import type * as z from 'zod/mini'
import { parseJson, type ToolOutput, type ToolRequest, type Turn } from '../turn.ts'

const EDITED = /^The person changed the arguments to .*\n/

export interface ToolResult<T> {
  /** Null: the output is a sentence and not what the tool returns. */
  value: T | null
  /** The person ran it with other arguments. */
  isEdited: boolean
  text: string
}

export function outputsOf({ outputs }: Turn, name: string): ToolOutput[] {
  return outputs.filter((each) => each.name === name)
}

export function resultOf<T extends z.ZodMiniType>(
  { output }: ToolOutput,
  schema: T,
): ToolResult<z.infer<T>> {
  const text = output.replace(EDITED, '')
  const parsed = schema.safeParse(parseJson(text))
  return { value: parsed.success ? parsed.data : null, isEdited: text !== output, text }
}

/** A sentence in place of a result, for the person who reads the answer. */
export function whatHappened(text: string): string {
  const [, reason] = /^The person denied this call\.(?: Reason: ([^]+))?$/.exec(text) ?? []
  if (text.startsWith('The person denied')) {
    return reason === undefined ? 'It was denied.' : `It was denied: “${reason.trim()}”.`
  }
  const [, failure] = /^The tool failed: ([^]+)$/.exec(text) ?? []
  return failure ?? text
}

/** The answer to a question of `ask_user`; null until there is one. */
export function answerTo(turn: Turn, question: string): string | null {
  const asked = outputsOf(turn, 'ask_user').find((each) => each.arguments['question'] === question)
  return asked?.output ?? null
}

/** What the person has said in this turn: the question, and answers to questions. */
export function wordsOf(turn: Turn): string {
  const answers = outputsOf(turn, 'ask_user').map(({ output }) => output)
  return [turn.question, ...answers].join('\n')
}

export interface QuestionForm {
  options?: string[]
  fields?: object[]
}

export function askUser(question: string, { options, fields }: QuestionForm = {}): ToolRequest {
  return {
    name: 'ask_user',
    arguments: {
      question,
      options: options ?? null,
      freeText: fields === undefined,
      fields: fields ?? null,
    },
  }
}

export function dollars(usd: number): string {
  return `$${usd.toFixed(2)}`
}
