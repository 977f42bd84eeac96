// The parts of an imported message.
import type { MessagePart, ToolCallPart } from '#shared/message.ts'
import { t } from '#shared/translate.ts'
import { sourceOf } from './json-fields.ts'

export function textPart(text: string): MessagePart[] {
  return text.trim() === '' ? [] : [{ type: 'text', text }]
}

export function reasoningPart(text: string, at: string): MessagePart[] {
  return text.trim() === '' ? [] : [{ type: 'reasoning', text, startedAt: at, endedAt: at }]
}

/** `args` is what the tool was given, as JSON or as text. */
export function toolPart(
  callId: string,
  name: string,
  args: string,
  output: string | null = null,
): ToolCallPart {
  return {
    type: 'tool_call',
    callId,
    name: name === '' ? 'tool' : name,
    agent: 'imported',
    status: 'done',
    arguments: args,
    output,
    startedAt: null,
    durationMs: null,
  }
}

export function noticePart(text: string, at: string, source?: unknown): MessagePart {
  const notice = { type: 'notice', kind: 'imported', text, at } as const
  return source === undefined ? notice : { ...notice, source: sourceOf(source) }
}

export function missingFile(name: string, at: string): MessagePart {
  const text =
    name === ''
      ? t`The file without a name was not imported.`
      : t`The file ${name} was not imported.`
  return noticePart(text, at)
}

/** Fenced with more backticks than the text has in a row. */
export function codeText(code: string, language: string): string {
  const longest = (code.match(/`{3,}/g) ?? []).reduce(
    (most, { length }) => Math.max(most, length),
    2,
  )
  const fence = '`'.repeat(longest + 1)
  return `${fence}${/^[\w+#-]{1,30}$/.test(language) ? language : ''}\n${code}\n${fence}`
}

/** Adds a result to its call, or to the last one without a result. Returns whether there is one. */
export function addOutput(parts: MessagePart[], callId: string | null, output: string): boolean {
  const isOpen = (part: MessagePart): part is ToolCallPart =>
    part.type === 'tool_call' && part.output === null && (callId === null || part.callId === callId)
  const call = parts.findLast(isOpen)
  if (call === undefined) return false
  call.output = output
  return true
}
