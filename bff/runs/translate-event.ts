// An event as its readers get it: its sentences in their language. The log has them in English.
import type { ModelCall } from '#shared/ledger.ts'
import type { FilePart } from '#shared/message.ts'
import { language } from '#shared/translate.ts'
import { translateFile } from '../conversations/translate-parts.ts'
import { translateFields } from '../http/stored-sentences.ts'
import { translateCall } from '../ledger/calls/translate-call.ts'

/** The texts of an event that Tally or one of its tools has written. */
const SENTENCES: Record<string, string[]> = {
  agent: ['rule'],
  error: ['message'],
  guardrail: ['name', 'reason'],
  retry: ['reason'],
  tool_call: ['label', 'text'],
  tool_result: ['label'],
  usage: [],
  waiting: ['label', 'reason'],
}

interface Stored {
  status?: string
  files?: FilePart[]
  call?: ModelCall
}

/** `data` is the JSON of the event, as it is stored. */
export function translateEvent(type: string, data: string): string {
  const names = SENTENCES[type]
  if (names === undefined || language() === 'en') return data
  const event: Stored = JSON.parse(data)
  const { files, call, status = 'ok' } = event
  return JSON.stringify({
    ...translateFields(event, status === 'ok' ? names : [...names, 'output']),
    ...(call && { call: translateCall(call) }),
    ...(files && { files: files.map(translateFile) }),
  })
}
