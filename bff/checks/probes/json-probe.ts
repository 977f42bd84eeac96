import { evaluateJson, WITHOUT_JSON } from '../evaluate/json.ts'
import { isRefusal, type Probe, sound } from '../probe.ts'

const QUESTION = {
  text: 'Give a conversation about boats in a harbour a title of at most six words. Answer with JSON: {"title": "…"}',
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
