// How a request ended, from everything that was seen of it: what the provider said comes before what
// the connection did, and a stop before a fault.
import type { AnswerReader } from './answer-reader.ts'
import type { Ending } from './call-facts.ts'
import { ProviderError, type UpstreamEndpoint } from './provider-error.ts'
import type { Silence } from './idle-watchdog.ts'
import { evaluateAnswer, reportedEnding, soundResponse } from './evaluate-answer.ts'
import { classifyError } from './classify-error.ts'

interface Seen {
  /** What broke the reading off; undefined when nothing did. */
  thrown: unknown
  reader: AnswerReader
  at: UpstreamEndpoint
  isSecret: (text: string) => boolean
  isStopped: boolean
  /** The one that fired, where nothing was heard for too long. */
  silence: Silence | null
  /** For an answer that has no id of its own. */
  id: string
}

export function endingOf(seen: Seen): Ending {
  const { thrown, reader, at, isSecret, isStopped, silence, id } = seen
  const { started, response } = reader
  const fault =
    reportedEnding(reader, at, isSecret) ??
    (thrown === undefined
      ? evaluateAnswer(reader, at)
      : classifyError(thrown, at, isSecret, started))
  if (fault === null && response !== null) {
    return { kind: 'completed', response: soundResponse(response, id) }
  }
  if (isStopped || fault === null) return { kind: 'stopped', sent: true }
  return { kind: 'failed', fault: silence === null ? fault : silentFault(silence, seen), started }
}

/** Whoever waits in a queue or reads a long prompt would begin anew if it was asked again. */
function silentFault({ kind, waitedMs }: Silence, { reader, at }: Seen): ProviderError {
  if (kind === 'endless')
    return new ProviderError('endless_answer', at, { detail: durationLabel(waitedMs) })
  if (reader.started) return new ProviderError('stalled', at)
  const waited = durationLabel(waitedMs)
  const { promptProgress: progress } = reader
  const wasAlive = kind === 'wordless'
  const heard = wasAlive
    ? ` It kept the connection alive for ${waited}, and nothing of the answer had begun.`
    : ` Nothing was heard for ${waited}, and nothing of the answer had begun.`
  const read =
    progress === null
      ? ''
      : ` It had read ${progress.processed.toLocaleString('en-US')} of ${progress.total.toLocaleString('en-US')} tokens of the prompt.`
  const setting = wasAlive ? 'TALLY_ANSWER_TIMEOUT_MS' : 'TALLY_IDLE_TIMEOUT_MS'
  const detail = `${heard}${read} ${setting} sets how long Tally waits.`
  return new ProviderError('timeout', at, { detail, isFinal: true })
}

function durationLabel(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 1) return `${ms} ms`
  if (seconds < 120) return seconds === 1 ? '1 second' : `${seconds} seconds`
  return `${Math.round(seconds / 60)} minutes`
}
