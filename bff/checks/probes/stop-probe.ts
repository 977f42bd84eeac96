import { evaluateStop } from '../evaluate/stop.ts'
import { type Probe, sound } from '../probe.ts'
import { firstPieceMs, type ParsedAnswer } from '../parse-answer.ts'

const LONG = { text: 'Write the numbers from one to five hundred in words.', limit: 512 }
const SHORT = { text: 'Reply with the one word OK.', limit: 16 }

/** Enough to know that it writes. */
const FRAMES = 6

export const stopProbe: Probe = {
  name: 'stop',
  findings: ['stop'],
  questions: [LONG, SHORT],
  run: async ({ ask }) => {
    const long = sound(await ask(LONG, (frames) => frames.length >= FRAMES))
    const wasCut = long.recorded.cut
    const firstMs = beginningMs(long.reading)
    if (!wasCut) return [evaluateStop({ wasCut, firstMs, nextMs: null })]
    const next = sound(await ask(SHORT))
    return [evaluateStop({ wasCut, firstMs, nextMs: beginningMs(next.reading) })]
  },
}

/** A model that thinks in secret says nothing within a small limit. */
function beginningMs(reading: ParsedAnswer): number | null {
  return firstPieceMs(reading) ?? (reading.finishReason === null ? null : reading.durationMs)
}
