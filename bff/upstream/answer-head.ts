// The metadata of an answer: ids, model, tier, how it ended and its usage.
import { laterUsage } from './kept-usage.ts'
import { nameAt, recordAt, textAt } from './record.ts'

export class AnswerHead {
  modelReturned: string | null = null
  responseId: string | null = null
  requestId: string | null = null
  serviceTier: string | null = null
  systemFingerprint: string | null = null
  /** When the provider made the answer, by its own clock. */
  createdAt: string | null = null
  finishReason: string | null = null
  /** Verbatim; the last report wins, because some servers send running totals. */
  rawUsage: unknown = null
  /** The provider's report of a failure inside the stream. */
  failure: { code: string; message: string } | null = null

  read(answer: Record<string, unknown>): void {
    this.responseId = nameAt(answer, 'id') || this.responseId
    this.modelReturned = nameAt(answer, 'model') || this.modelReturned
    this.serviceTier = nameAt(answer, 'service_tier') || this.serviceTier
    this.systemFingerprint = nameAt(answer, 'system_fingerprint') || this.systemFingerprint
    this.createdAt = toTime(answer['created'] ?? answer['created_at']) ?? this.createdAt
    this.rawUsage = laterUsage(this.rawUsage, answer)
  }

  /** The last word of a Responses answer. */
  readEnd(answer: Record<string, unknown>): void {
    this.read(answer)
    const reason = nameAt(recordAt(answer, 'incomplete_details'), 'reason')
    this.finishReason = reason || nameAt(answer, 'status') || this.finishReason
    const error = recordAt(answer, 'error')
    if (error !== null || this.finishReason === 'failed') {
      this.failure = { code: textAt(error, 'code'), message: textAt(error, 'message') }
    }
  }
}

/** Seconds since 1970; the limit is that of a Date. */
function toTime(seconds: unknown): string | null {
  const isTime = typeof seconds === 'number' && seconds > 0 && seconds <= 8.64e12
  return isTime ? new Date(seconds * 1000).toISOString() : null
}
