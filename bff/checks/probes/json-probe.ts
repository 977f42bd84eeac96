import { JSON_QUESTION } from '../questions.ts'
import { type Probe, isRefusal, sound } from '../probe.ts'
import { textAt } from '../../upstream/record.ts'
import { type ParsedAnswer, textOf } from '../parse-answer.ts'
import { type Evaluation, CUT, unknown } from '../probe.ts'
import { english, t } from '#shared/translate.ts'

const QUESTION = {
  text: JSON_QUESTION,
  limit: 512,
  stream: false,
}

/** As titles of conversations are asked for. */
export const jsonProbe: Probe = {
  name: 'json',
  findings: ['json_mode'],
  questions: [QUESTION],
  run: async ({ ask }) => {
    const strict = await ask({ ...QUESTION, json: 'schema' })
    if (!isRefusal(strict.recorded.problem)) return [evaluateJson(sound(strict).reading, 'schema')]
    const loose = await ask({ ...QUESTION, json: 'object' })
    if (!isRefusal(loose.recorded.problem)) return [evaluateJson(sound(loose).reading, 'object')]
    return [WITHOUT_JSON]
  },
}

/** `mode`: what the server took. */
export function evaluateJson(reading: ParsedAnswer, mode: 'schema' | 'object'): Evaluation {
  const finding = 'json_mode'
  const found = parsed(textOf(reading))
  if (found === undefined && CUT.has(reading.finishReason ?? '')) {
    return unknown(finding, t`The answer reached its limit before it was complete.`)
  }
  if (found === undefined) {
    const detail = t`The server takes the wish for JSON, and the answer was no JSON.`
    return { finding, verdict: 'no', detail, known: { jsonMode: 'no' } }
  }
  if (mode === 'object') {
    const detail = t`JSON of any shape, but not of a given one.`
    return { finding, verdict: 'partly', detail, known: { jsonMode: 'object' } }
  }
  if (textAt(found, 'title') === '') {
    const detail = t`The answer was JSON, but not of the shape that was asked for.`
    return { finding, verdict: 'partly', detail, known: { jsonMode: 'object' } }
  }
  const detail = t`The answer was JSON of the shape that was asked for.`
  return { finding, verdict: 'yes', detail, known: { jsonMode: 'schema' } }
}

/** For a server that refuses both. */
const WITHOUT_JSON: Evaluation = {
  finding: 'json_mode',
  verdict: 'no',
  detail: english`The server refuses requests for JSON. Titles are asked for in plain text.`,
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
