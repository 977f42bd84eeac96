// Turns what the client, the network or the provider threw into a ProviderError with a code.
import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai'
import { language, t } from '#shared/translate.ts'
import { ProviderError } from './provider-error.ts'
import type { ProviderErrorCode, UpstreamEndpoint } from './provider-error-kinds.ts'
import { ConnectionFailed } from './connection.ts'
import { isRecord, recordAt, textAt } from './record.ts'
import { FileMissing, FilesTooLarge } from './file-reference.ts'
import { fallbackFor } from './request-fallbacks.ts'
import { retryAfterMs, formatWait } from './retry.ts'
import { safeDetail, type UpstreamReport } from './safe-detail.ts'
import { NoAnswer, OversizedAnswer } from './upstream-fetch.ts'

/** `isSecret` says whether a text holds something that must not be shown, like a key or the prompt. */
export function classifyError(
  error: unknown,
  at: UpstreamEndpoint,
  isSecret: (text: string) => boolean,
  started: boolean,
): ProviderError {
  if (error instanceof ProviderError) return error
  const causes = causeChain(error)
  const inner = causes.find((cause) => cause instanceof ProviderError)
  if (inner !== undefined) return inner
  if (error instanceof APIError && (error.status !== undefined || error.error !== undefined)) {
    const report = readReport(error.status, error.error)
    return classifyReport(report, at, isSecret, retryAfterMs(error.headers))
  }
  if (causes.some((cause) => cause instanceof OversizedAnswer))
    return new ProviderError('too_much', at)
  if (causes.some((cause) => cause instanceof FilesTooLarge))
    return new ProviderError('files_too_large', at)
  if (causes.some((cause) => cause instanceof FileMissing))
    return new ProviderError('file_missing', at)
  if (causes.some((cause) => cause instanceof SyntaxError))
    return new ProviderError('malformed_answer', at)
  if (!causes.some(isConnectionError)) return new ProviderError('internal', at)
  if (started) return new ProviderError('cut_off', at)
  return new ProviderError(connectionCode(causes), at)
}

export function classifyReport(
  report: UpstreamReport,
  at: UpstreamEndpoint,
  isSecret: (text: string) => boolean,
  waitMs: number | null = null,
): ProviderError {
  const fallback = fallbackFor(report.message)
  const detail = safeDetail(report, isSecret)
  if (fallback !== null) return new ProviderError('bad_request', at, { detail, fallback })
  const code = reportedCode(report)
  if (code === 'context_too_long' && report.overflow) {
    const { tokens, window } = report.overflow
    const counted = t`The request has ${tokens.toLocaleString(language())} tokens, and the context has room for ${window.toLocaleString(language())}.`
    return new ProviderError(code, at, { detail: counted })
  }
  if (code !== 'rate_limited') return new ProviderError(code, at, { detail, retryAfterMs: waitMs })
  const wait = waitMs === null ? '' : formatWait(waitMs)
  return new ProviderError(code, at, { detail: wait, retryAfterMs: waitMs })
}

function reportedCode({ status, code, message }: UpstreamReport): ProviderErrorCode {
  const text = `${code} ${message}`.toLowerCase()
  if (status === 402 || QUOTA.test(text)) return 'insufficient_quota'
  if (status === 401 || code === 'invalid_api_key') return 'invalid_key'
  if (status === 413 || CONTEXT.test(text)) return 'context_too_long'
  if (FILES.test(text)) return 'files_refused'
  if (MODEL_MISSING.test(text)) return 'model_not_found'
  if (status === 403) return 'not_allowed'
  if (status === 404) return 'wrong_address'
  if (status === 408) return 'timeout'
  if (status === 409) return 'conflict'
  if (status === 503 && LOADING.test(text)) return 'model_loading'
  if (status === 429 || RATE.test(code)) return 'rate_limited'
  if (CONTENT.test(code)) return 'content_filter'
  if (status === undefined) return 'upstream_error'
  return status >= 500 ? 'upstream_unavailable' : 'bad_request'
}

const QUOTA =
  /insufficient_(quota|funds|credits?|balance)|insufficient (credits?|balance|funds)|exceeded your current quota/
const CONTEXT =
  /context_length_exceeded|maximum context|context (length|window|size)|prompt is too long|too many (input )?tokens|exceeds? the (available )?context/
/** In the words of OpenAI, OpenRouter, Ollama, llama.cpp, vLLM and DeepSeek. */
const FILES =
  /(image|image_url|image input|input_image|input_file|file_data|pdf)\b.{0,80}\b(not supported|unsupported|only supported|not allowed)|\bsupports? (image|vision|file|multimodal)|not a multimodal|unknown variant .{0,3}(image_url|file)\b|required for image input/
const MODEL_MISSING =
  /model_not_found|model\b.{0,120}\b(not found|does not exist|is not available|not a valid model)|(no such|unknown|invalid) model/
const LOADING = /\bloading\b.{0,40}\bmodel\b|\bmodel\b.{0,120}\bloading\b/
const RATE = /rate_limit/
const CONTENT = /content_(filter|policy)/

function connectionCode(causes: unknown[]): ProviderErrorCode {
  if (causes.some((cause) => cause instanceof APIConnectionTimeoutError)) return 'timeout'
  const codes = causes.flatMap((cause) => {
    const code = field(cause, 'code')
    return code === '' ? [] : [code]
  })
  const unreached = causes.find((cause) => cause instanceof ConnectionFailed)
  if (unreached?.found === true) return 'insecure_connection'
  if (codes.includes('ECONNREFUSED')) return 'connection_refused'
  if (codes.some((code) => /^(ENOTFOUND|EAI_AGAIN)$/.test(code))) return 'host_not_found'
  if (unreached !== undefined) return 'unreachable'
  if (codes.some((code) => code.startsWith('HPE_'))) return 'not_http'
  return codes.includes('ETIMEDOUT') || causes.some(isTimeout) ? 'timeout' : 'connection_lost'
}

/** Everything else that is thrown is a mistake of ours or of a library, and trying again repeats it. */
function isConnectionError(cause: unknown): boolean {
  return (
    cause instanceof APIConnectionError ||
    cause instanceof ConnectionFailed ||
    cause instanceof NoAnswer ||
    cause instanceof APIUserAbortError ||
    isAbort(cause) ||
    field(cause, 'code') !== ''
  )
}

function isAbort(cause: unknown): boolean {
  return cause instanceof Error && (cause.name === 'AbortError' || cause.name === 'TimeoutError')
}

function isTimeout(cause: unknown): boolean {
  return cause instanceof DOMException && cause.name === 'TimeoutError'
}

function causeChain(error: unknown): unknown[] {
  const causes: unknown[] = []
  for (let at: unknown = error; at !== undefined && at !== null && causes.length < 8;) {
    causes.push(at)
    if (at instanceof AggregateError) causes.push(...at.errors)
    at = at instanceof Error ? at.cause : undefined
  }
  return causes
}

/**
 * A redirect would take the prompt and the provider's own headers to an address that nobody set, and a
 * successful answer that is a web page would be read as an empty one.
 */
export async function refuseForeign(response: Response, at: UpstreamEndpoint): Promise<void> {
  const { status, ok, body } = response
  const isRedirect = status >= 300 && status < 400
  const isPage = ok && /^text\/html\b/i.test(response.headers.get('content-type') ?? '')
  if (!isRedirect && !isPage) return
  await body?.cancel()
  throw new ProviderError(isRedirect ? 'redirected' : 'not_an_api', at)
}

/** Servers say it in `error.message`, in `error`, in `message` or in `detail`. */
export function readReport(status: number | undefined, body: unknown): UpstreamReport {
  const error = recordAt(body, 'error') ?? body
  return {
    status,
    code: textAt(error, 'code') || textAt(error, 'type'),
    message:
      [
        typeof error === 'string' ? error : textAt(error, 'message'),
        textAt(body, 'error'),
        textAt(body, 'message'),
        textAt(body, 'detail'),
      ].find((text) => text !== '') ?? '',
    overflow: overflowIn(error),
  }
}

function overflowIn(error: unknown): { tokens: number; window: number } | null {
  if (!isRecord(error)) return null
  const { n_prompt_tokens: tokens, n_ctx: window } = error
  return typeof tokens === 'number' && typeof window === 'number' ? { tokens, window } : null
}

function field(value: unknown, key: string): string {
  if (typeof value !== 'object' || value === null || !(key in value)) return ''
  const found: unknown = Reflect.get(value, key)
  return typeof found === 'string' ? found : ''
}
