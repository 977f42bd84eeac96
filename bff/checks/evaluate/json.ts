import { textAt } from '../../upstream/record.ts'
import { type ParsedAnswer, textOf } from '../parse-answer.ts'
import { CUT, type Evaluation, unknown } from './finding.ts'

/** `mode`: what the server took. */
export function evaluateJson(reading: ParsedAnswer, mode: 'schema' | 'object'): Evaluation {
  const finding = 'json_mode'
  const found = parsed(textOf(reading))
  if (found === undefined && CUT.has(reading.finishReason ?? '')) {
    return unknown(finding, 'The answer reached its limit before it was complete.')
  }
  if (found === undefined) {
    const detail = 'The server takes the wish for JSON, and the answer was no JSON.'
    return { finding, verdict: 'no', detail, known: { jsonMode: 'no' } }
  }
  if (mode === 'object') {
    const detail = 'JSON of any shape, but not of a given one.'
    return { finding, verdict: 'partly', detail, known: { jsonMode: 'object' } }
  }
  if (textAt(found, 'title') === '') {
    const detail = 'The answer was JSON, but not of the shape that was asked for.'
    return { finding, verdict: 'partly', detail, known: { jsonMode: 'object' } }
  }
  const detail = 'The answer was JSON of the shape that was asked for.'
  return { finding, verdict: 'yes', detail, known: { jsonMode: 'schema' } }
}

/** For a server that refuses both. */
export const WITHOUT_JSON: Evaluation = {
  finding: 'json_mode',
  verdict: 'no',
  detail: 'The server refuses requests for JSON. Titles are asked for in plain text.',
  known: { jsonMode: 'no' },
}

/** Undefined: no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
