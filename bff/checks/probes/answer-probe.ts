import { evaluateCost } from '../evaluate/cost.ts'
import { evaluateReasoning } from '../evaluate/reasoning.ts'
import { evaluateSpeed } from '../evaluate/speed.ts'
import { evaluateStreaming } from '../evaluate/streaming.ts'
import { evaluateUsage } from '../evaluate/usage.ts'
import { type Probe, sound } from '../probe.ts'

/** Something to think about, and then enough words to be timed; the limit leaves room for thoughts. */
const QUESTION = {
  text: 'Which is larger, 9.11 or 9.9? Say it in one sentence. Then write the numbers from 1 to 40, separated by commas.',
  limit: 768,
}

export const answerProbe: Probe = {
  name: 'answer',
  findings: ['streaming', 'usage', 'cost', 'reasoning', 'speed'],
  questions: [QUESTION],
  run: async ({ ask }) => {
    const { reading, row } = sound(await ask(QUESTION))
    return [
      evaluateStreaming(reading),
      evaluateUsage(reading),
      evaluateCost(reading),
      evaluateReasoning(reading),
      evaluateSpeed(reading, row),
    ]
  },
}
