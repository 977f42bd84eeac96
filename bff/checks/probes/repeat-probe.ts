import { evaluateCached } from '../evaluate/cached.ts'
import { type Probe, sound } from '../probe.ts'

/** Providers cache from 1,024 tokens on. */
const LINES = 72

const QUESTION = {
  text: [
    'Reply with the one word OK. The lines below are only there to be read.',
    ...Array.from({ length: LINES }, (_, at) => {
      return `Line ${at + 1}: a small boat lies in the harbour and waits for the morning.`
    }),
  ].join('\n'),
  limit: 16,
}

export const repeatProbe: Probe = {
  name: 'repeat',
  findings: ['cached_tokens'],
  questions: [QUESTION, QUESTION],
  run: async ({ ask }) => {
    sound(await ask(QUESTION))
    const { reading } = sound(await ask(QUESTION))
    return [evaluateCached(reading)]
  },
}
