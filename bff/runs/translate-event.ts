// An event as its readers get it: its sentences in their language. The log has them in English.
import { language } from '#shared/translate.ts'
import { translateFields, translateFile } from '../conversations/translate-parts.ts'

/** The texts of an event that Tally or one of its tools has written. */
const SENTENCES: Record<string, string[]> = {
  agent: ['rule'],
  error: ['message'],
  guardrail: ['name', 'reason'],
  retry: ['reason'],
  tool_call: ['label', 'text'],
  tool_result: ['label'],
  waiting: ['label', 'reason'],
}

/** `data` is the JSON of the event, as it is stored. */
export function translateEvent(type: string, data: string): string {
  const names = SENTENCES[type]
  if (names === undefined || language() === 'en') return data
  const event: Record<string, unknown> = JSON.parse(data)
  const { files, status = 'ok' } = event
  return JSON.stringify({
    ...translateFields(event, status === 'ok' ? names : [...names, 'output']),
    ...(Array.isArray(files) && { files: files.map(translateFile) }),
  })
}
