// A title for a conversation, by one small structured call: in the ledger like any other, without
// retries of its own, and without a word when it does not work.
import type { ModelRequest } from '@openai/agents'
import { ProviderError } from '../upstream/provider-error.ts'
import { isRecord, textAt } from '../upstream/record.ts'
import type { CallLedger, ModelTarget } from '../upstream/types.ts'
import { query, type QueryParts } from './query.ts'

export interface TitleRequest {
  conversationId: string
  target: ModelTarget
  question: string
  answer: string
  ledger: CallLedger
  signal: AbortSignal
}

/** Returns null if the model fails or writes nothing usable as a title. */
export async function makeTitle(request: TitleRequest, parts: QueryParts): Promise<string | null> {
  const isHopeless = request.target.takesJsonShape === false
  const structured = isHopeless ? 'bad_request' : await ask(request, parts, STRUCTURED)
  // Many servers know no JSON schema; the instructions alone are enough for most models.
  const answer = structured === 'bad_request' ? await ask(request, parts, 'text') : structured
  return typeof answer === 'string' ? null : titleIn(answer.text)
}

type OutputType = ModelRequest['outputType']

const STRUCTURED: OutputType = {
  type: 'json_schema',
  name: 'conversation_title',
  strict: true,
  schema: {
    type: 'object',
    properties: { title: { type: 'string', description: 'At most six words.' } },
    required: ['title'],
    additionalProperties: false,
  },
}

const INSTRUCTIONS = `Give the conversation below a title: at most six words, in the language of the person, as it would stand in a table of contents. No quotation marks and no full stop. Answer with JSON: {"title": "…"}`

const IDLE_TIMEOUT_MS = 60_000
const MAX_EXCERPT_CHARS = 2_000

async function ask(
  request: TitleRequest,
  parts: QueryParts,
  outputType: OutputType,
): Promise<{ text: string } | 'bad_request' | 'failed'> {
  const { conversationId, ledger, signal } = request
  try {
    const { output } = await query(
      {
        purpose: 'title',
        conversationId,
        target: { ...request.target, maxRetries: 0 },
        system: INSTRUCTIONS,
        user: excerpt(request),
        outputType,
        ledger,
        idleTimeoutMs: IDLE_TIMEOUT_MS,
        signal,
      },
      parts,
    )
    return { text: String(output) }
  } catch (error) {
    if (signal.aborted) return 'failed'
    if (!(error instanceof ProviderError)) throw error
    return error.code === 'bad_request' ? 'bad_request' : 'failed'
  }
}

function excerpt({ question, answer }: TitleRequest): string {
  const [asked, said] = [question, answer].map((text) => text.slice(0, MAX_EXCERPT_CHARS))
  return `The person wrote:\n${asked}\n\nThe answer was:\n${said}`
}

const MAX_TITLE_CHARS = 100
/** A longer answer contains no title, and the patterns below would take too long on it. */
const MAX_ANSWER_CHARS = 2_000

/** The title in what a model wrote: JSON, JSON in a code block, or just a line of text. */
export function titleIn(answer: string): string | null {
  const text = withoutThoughts(answer).trim()
  if (text.length > MAX_ANSWER_CHARS) return null
  const json = /\{[^]*\}/.exec(text)?.[0]
  const found = json === undefined ? text : (titleOf(json) ?? '')
  const title = found
    .replace(/^\s*(?:#+|title:)\s*/i, '')
    .replace(/^["'“„*_`]+|["'”“*_`.]+$/g, '')
    .trim()
  return title === '' || title.length > MAX_TITLE_CHARS || title.includes('\n') ? null : title
}

function withoutThoughts(answer: string): string {
  const end = answer.lastIndexOf('</think>')
  const start = answer.indexOf('<think>')
  if (start === -1 || end < start) return answer
  return answer.slice(0, start) + answer.slice(end + '</think>'.length)
}

function titleOf(json: string): string | null {
  try {
    const parsed: unknown = JSON.parse(json)
    return isRecord(parsed) ? textAt(parsed, 'title') : null
  } catch {
    return null
  }
}
