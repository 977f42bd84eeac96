// What a provider says about its failure is useful ("unsupported parameter: temperature") and
// dangerous: some echo the key or the prompt. Shown are its first words, or nothing when in doubt.
import { t } from '#shared/translate.ts'
import { readBaseUrl } from './base-url.ts'
import type { ModelTarget } from './types.ts'

/** The provider's description of its failure. */
export interface UpstreamReport {
  status: number | undefined
  code: string
  message: string
  /** llama.cpp's count of a request that is too long, and the context that it has. */
  overflow?: { tokens: number; window: number } | null
}

const MAX_CHARS = 240

export function safeDetail(report: UpstreamReport, isSecret: (text: string) => boolean): string {
  const { status } = report
  const message = report.message.replace(UNPRINTED, ' ').trim()
  const harmless = message !== '' && !isSecret(message) && !KEY.test(message)
  if (!harmless) return status === undefined ? '' : t`Its answer was ${status}.`
  const short = message.length > MAX_CHARS ? `${message.slice(0, MAX_CHARS)}…` : message
  const words = /[.!?…]$/.test(short) ? short : `${short}.`
  return status === undefined ? t`It said: ${words}` : t`It said (${status}): ${words}`
}

/** White space, and what would steer a terminal or turn a line around. */
const UNPRINTED = /[\s\p{Cc}\p{Bidi_Control}]+/gu

const KEY = /\b(sk|pk|key|gsk|xai|Bearer)[-_ ][\w*-]{6,}/i

/** The credentials that are sent: the key, and secrets in headers and the base URL. */
type Credentials = Pick<ModelTarget, 'apiKey' | 'baseUrl' | 'headers'>

/** Shorter ones stand in every text. */
const MIN_SECRET_CHARS = 6

/** Tells texts that hold such a secret, or a piece of what was sent to the model. */
export function secretsOf(
  { apiKey, baseUrl, headers }: Credentials,
  sent: () => string[],
): (text: string) => boolean {
  const besides = Object.values(headers).flatMap((value) => value.split(/\s+/))
  const all = [apiKey ?? '', ...besides, ...(baseUrl === null ? [] : readBaseUrl(baseUrl).secrets)]
  const secrets = all.filter(({ length }) => length >= MIN_SECRET_CHARS)
  return (text) =>
    secrets.some((secret) => text.includes(secret)) || sent().some((piece) => echoes(text, piece))
}

function echoes(text: string, piece: string): boolean {
  const start = piece.trim().replace(/\s+/g, ' ').slice(0, 24)
  return start.length >= 8 && text.includes(start)
}
