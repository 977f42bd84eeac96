// A tool call in the form that every provider and both models of the SDK take back. A model may
// write any name and any arguments; sent as they are, they fail the next request and, stored, every
// request after it.
import { isRecord } from './record.ts'

/** The name of a call that has none. */
export const UNNAMED_TOOL = 'unnamed_tool'

/** OpenAI's rule for function names; other providers allow no less. */
const MAX_NAME_CHARS = 64
const FORBIDDEN = /[^a-zA-Z0-9_-]/g
/** Some chat templates name a tool by its place in their own prompt. */
const TEMPLATE_PREFIX = /^functions\./

export function sendableName(written: unknown): string {
  const name = typeof written === 'string' ? written : ''
  const sound = name.replace(TEMPLATE_PREFIX, '').replace(FORBIDDEN, '_')
  return sound.slice(0, MAX_NAME_CHARS) || UNNAMED_TOOL
}

/** The key under which arguments that are no object are kept for the model to read. */
const UNREADABLE = 'unreadable_arguments'

/** Servers that render the history with a template parse the arguments, so they must be an object. */
export function sendableArguments(written: unknown): string {
  const text = typeof written === 'string' ? written : ''
  if (text.trim() === '') return '{}'
  return isObject(text) ? text : JSON.stringify({ [UNREADABLE]: text })
}

/** Whether a tool is called with arguments that were no object. */
export function areUnreadable(input: unknown): boolean {
  return isRecord(input) && UNREADABLE in input
}

function isObject(text: string): boolean {
  try {
    return isRecord(JSON.parse(text))
  } catch {
    return false
  }
}
