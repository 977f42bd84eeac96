// An answer that failed, in one of the ways of provider-error-kinds.ts.
import { visibleText } from '#shared/visible-text.ts'
import {
  PROVIDER_ERRORS,
  type ProviderErrorCode,
  type ProviderErrorKind,
  type UpstreamEndpoint,
} from './provider-error-kinds.ts'
import type { RequestFallback } from './request-fallbacks.ts'

export interface ProviderErrorDetails {
  /** Shown to the user: no key, no prompt, no stack. Whole sentences, or what stands in one. */
  detail?: string
  /** How long the provider asks to wait. */
  retryAfterMs?: number | null
  /** Another attempt of itself would not help, although it does for this code. */
  isFinal?: boolean
  /** The fallback with which the request might be accepted. */
  fallback?: RequestFallback | null
}

export class ProviderError extends Error {
  readonly code: ProviderErrorCode
  readonly retryAfterMs: number | null
  readonly fallback: RequestFallback | null
  readonly #isFinal: boolean

  constructor(code: ProviderErrorCode, at: UpstreamEndpoint, facts: ProviderErrorDetails = {}) {
    const kind: ProviderErrorKind = PROVIDER_ERRORS[code]
    super(visibleText(kind.words(at, facts.detail ?? '')))
    this.code = code
    this.retryAfterMs = facts.retryAfterMs ?? null
    this.fallback = facts.fallback ?? null
    this.#isFinal = facts.isFinal ?? false
  }

  get retryable(): boolean {
    return PROVIDER_ERRORS[this.code].retryable
  }

  get transient(): boolean {
    return PROVIDER_ERRORS[this.code].transient && !this.#isFinal
  }
}
