// How a request ended, from everything that was seen of it: what the provider said comes before what
// the connection did, and a stop before a fault.
import type { AnswerReader } from './answer-reader.ts'
import type { Ending } from './call-facts.ts'
import { Fault, type FaultPlace } from './fault.ts'
import { judgeAnswer, reportedEnding, soundResponse } from './judge-answer.ts'
import { upstreamFault } from './upstream-fault.ts'

interface Seen {
  /** What broke the reading off; undefined when nothing did. */
  thrown: unknown
  reader: AnswerReader
  at: FaultPlace
  isSecret: (text: string) => boolean
  isStopped: boolean
  /** Nothing was heard for too long. */
  stalled: boolean
  /** For an answer that has no id of its own. */
  id: string
}

export function endingOf(seen: Seen): Ending {
  const { thrown, reader, at, isSecret, isStopped, stalled, id } = seen
  const { started, response } = reader
  const fault =
    reportedEnding(reader, at, isSecret) ??
    (thrown === undefined ? judgeAnswer(reader, at) : upstreamFault(thrown, at, isSecret, started))
  if (fault === null && response !== null) {
    return { kind: 'completed', response: soundResponse(response, id) }
  }
  if (isStopped || fault === null) return { kind: 'stopped', sent: true }
  const silent = stalled ? new Fault(started ? 'stalled' : 'timeout', at) : fault
  return { kind: 'failed', fault: silent, started }
}
