// Which events of a stream are nothing but a piece of the answer: most of them are, and all that is
// done with each counts.
import { isRecord, listAt, recordAt, textAt } from './record.ts'

const RESPONSES_DELTAS = new Set([
  'response.output_text.delta',
  'response.reasoning_summary_text.delta',
  'response.reasoning_text.delta',
  'response.refusal.delta',
  'response.function_call_arguments.delta',
])

/** The SDK makes nothing of these: the last event repeats the whole answer. */
export function isResponsesDelta(event: unknown): boolean {
  return isRecord(event) && RESPONSES_DELTAS.has(textAt(event, 'type'))
}

/** The text of a chunk that says nothing else; empty: it says something else, or nothing. */
export function textAlone(chunk: unknown): string {
  if (!isRecord(chunk) || chunk['usage'] || recordAt(chunk, 'prompt_progress') !== null) return ''
  const [choice, other] = listAt(chunk, 'choices')
  if (!isRecord(choice) || other !== undefined) return ''
  if (choice['index'] !== 0 || choice['finish_reason']) return ''
  const delta = recordAt(choice, 'delta')
  if (delta === null) return ''
  for (const [key, value] of Object.entries(delta)) {
    if (value !== null && key !== 'content' && key !== 'role') return ''
  }
  return textAt(delta, 'content')
}
