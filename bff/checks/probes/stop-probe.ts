import { LONG_QUESTION, SHORT_QUESTION } from '../questions.ts'
import { type Probe, sound } from '../probe.ts'
import { type ParsedAnswer, firstPieceMs } from '../parse-answer.ts'
import { type Evaluation, seconds, unknown } from '../probe.ts'
import { t } from '#shared/translate.ts'

const LONG = { text: LONG_QUESTION, limit: 512 }
const SHORT = { text: SHORT_QUESTION, limit: 16 }

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

interface Stopped {
  /** The answer was closed before its end. */
  wasCut: boolean
  /** Time to the first token, of the answer that was stopped and of the next one. */
  firstMs: number | null
  nextMs: number | null
}

/** As many times as long, and as much longer, is more than chance. */
const TIMES = 3
const LONGER_MS = 2000

/**
 * Whether a server goes on after its answer was closed in the middle. From outside only its next
 * answer tells: a server that still writes the one before makes it wait.
 */
export function evaluateStop({ wasCut, firstMs, nextMs }: Stopped): Evaluation {
  const finding = 'stop'
  if (!wasCut) return unknown(finding, t`The answer was over before it could be stopped.`)
  if (firstMs === null || nextMs === null) {
    return unknown(finding, t`After the stop there was no answer to compare with.`)
  }
  const isLate = nextMs > Math.max(firstMs * TIMES, firstMs + LONGER_MS)
  if (isLate) {
    const detail = t`After the stop the next answer began ${seconds(nextMs - firstMs)} later than usual: the server seems to go on writing.`
    return { finding, verdict: 'no', detail, known: { honoursStop: false } }
  }
  const detail = t`After the stop the next answer began within ${seconds(nextMs)}. Whether the rest is billed cannot be seen from here.`
  return { finding, verdict: 'yes', detail, known: { honoursStop: true } }
}
