// What a provider says about its failure is useful ("unsupported parameter: temperature") and
// dangerous: some echo the key or the prompt. Shown are its first words, or nothing when in doubt.
import type { UpstreamReport } from './upstream-fault.ts'

const MAX_CHARS = 240

export function safeDetail(report: UpstreamReport, isSecret: (text: string) => boolean): string {
  const status = report.status === undefined ? '' : ` (${report.status})`
  const message = report.message.replace(/\s+/g, ' ').trim()
  const harmless = message !== '' && !isSecret(message) && !KEY.test(message)
  if (!harmless) return status === '' ? '' : ` Its answer was${status.replace(/[()]/g, '')}.`
  const short = message.length > MAX_CHARS ? `${message.slice(0, MAX_CHARS)}…` : message
  return ` It said${status}: ${short}${/[.!?…]$/.test(short) ? '' : '.'}`
}

const KEY = /\b(sk|pk|key|gsk|xai|Bearer)[-_ ][\w*-]{6,}/i

/** Tells texts that hold the key, or a piece of what was sent to the model. */
export function secretsOf(apiKey: string | null, sent: () => string[]): (text: string) => boolean {
  return (text) =>
    (apiKey !== null && apiKey.length > 3 && text.includes(apiKey)) ||
    sent().some((piece) => echoes(text, piece))
}

function echoes(text: string, piece: string): boolean {
  const start = piece.trim().replace(/\s+/g, ' ').slice(0, 24)
  return start.length >= 8 && text.includes(start)
}
