// The errors that a provider can have, with the expected result of each; the test beside it runs them.
import type { Answer } from '../../e2e/fake-answer.ts'
import type { ProviderErrorCode } from '../upstream/provider-error-kinds.ts'

export interface ProviderErrorCase {
  fault: string
  answer: Answer
  code: ProviderErrorCode
  /** The number of requests that reach the provider. */
  calls: number
  text?: string
  retryable?: boolean
  words?: RegExp
  only?: 'responses' | 'chat_completions'
}

export const HALF = { text: 'Half of the answer' }
export function errorBody(message: string, code: string) {
  return { error: { message, code, type: 'x' } }
}

export const FAULT_CASES: ProviderErrorCase[] = [
  // Refused before the first event.
  { fault: 'a 400', answer: { status: 400 }, code: 'bad_request', calls: 1, retryable: false },
  {
    fault: 'a wrong key',
    answer: { status: 401 },
    code: 'invalid_key',
    calls: 1,
    retryable: false,
  },
  {
    fault: 'no credit (402)',
    answer: { status: 402 },
    code: 'insufficient_quota',
    calls: 1,
    retryable: false,
  },
  {
    fault: 'a forbidden model',
    answer: { status: 403 },
    code: 'not_allowed',
    calls: 1,
    retryable: false,
  },
  {
    fault: 'a missing path',
    answer: { status: 404, errorBody: 'not found' },
    code: 'wrong_address',
    calls: 1,
    retryable: false,
  },
  {
    fault: 'a missing model',
    answer: { status: 404, errorBody: errorBody('model "fake-model" not found', 'x') },
    code: 'model_not_found',
    calls: 1,
    retryable: false,
  },
  { fault: 'a request timeout (408)', answer: { status: 408 }, code: 'timeout', calls: 3 },
  { fault: 'a conflict (409)', answer: { status: 409 }, code: 'conflict', calls: 3 },
  {
    fault: 'a body that is too large',
    answer: { status: 413 },
    code: 'context_too_long',
    calls: 1,
    retryable: false,
  },
  {
    fault: 'a context that is too long',
    answer: {
      status: 400,
      errorBody: errorBody(
        "This model's maximum context length is 8192 tokens.",
        'context_length_exceeded',
      ),
    },
    code: 'context_too_long',
    calls: 1,
    retryable: false,
  },
  { fault: 'too many requests', answer: { status: 429 }, code: 'rate_limited', calls: 3 },
  {
    fault: 'an exhausted quota',
    answer: {
      status: 429,
      errorBody: errorBody('You exceeded your current quota.', 'insufficient_quota'),
    },
    code: 'insufficient_quota',
    calls: 1,
    retryable: false,
  },
  {
    fault: 'a short Retry-After',
    answer: { status: 429, headers: { 'retry-after-ms': '5' } },
    code: 'rate_limited',
    calls: 3,
  },
  {
    fault: 'a long Retry-After',
    answer: { status: 429, headers: { 'retry-after': '3600' } },
    code: 'rate_limited',
    calls: 1,
    words: /60 minutes, until \d\d:\d\d UTC/,
  },
  { fault: 'a server error', answer: { status: 500 }, code: 'upstream_unavailable', calls: 3 },
  {
    fault: 'an overloaded server',
    answer: { status: 503 },
    code: 'upstream_unavailable',
    calls: 3,
  },
  {
    fault: 'a connection closed before the headers',
    answer: { instead: 'close' },
    code: 'connection_lost',
    calls: 3,
  },
  {
    fault: 'no answer at all',
    answer: { instead: 'hang' },
    code: 'timeout',
    calls: 1,
    words: /Nothing was heard for 120 ms, and nothing of the answer had begun/,
  },
  // Nothing usable, with status 200.
  { fault: 'an empty stream', answer: { instead: 'empty' }, code: 'empty_answer', calls: 1 },
  {
    fault: 'a web page',
    answer: { instead: 'html' },
    code: 'not_an_api',
    calls: 1,
    retryable: false,
  },
  { fault: 'an empty text', answer: { parts: [{ text: '' }] }, code: 'empty_answer', calls: 1 },
  { fault: 'no output', answer: { parts: [] }, code: 'empty_answer', calls: 1 },
  {
    fault: 'only reasoning',
    answer: { parts: [{ reasoning: 'Let me think.' }] },
    code: 'empty_answer',
    calls: 1,
  },
  // In the middle of the answer.
  {
    fault: 'an answer cut off cleanly',
    answer: { parts: [HALF, { fault: 'cut_off' }] },
    code: 'cut_off',
    calls: 1,
    text: HALF.text,
  },
  {
    fault: 'a broken socket',
    answer: { parts: [HALF, { fault: 'destroy' }] },
    code: 'cut_off',
    calls: 1,
    text: HALF.text,
  },
  {
    fault: 'a stall',
    answer: { parts: [HALF, { fault: 'stall' }] },
    code: 'stalled',
    calls: 1,
    text: HALF.text,
  },
  {
    fault: 'a malformed frame',
    answer: { parts: [HALF, { fault: 'malformed' }] },
    code: 'malformed_answer',
    calls: 1,
    text: HALF.text,
  },
  {
    fault: 'an error frame',
    answer: { parts: [HALF, { fault: 'error_frame' }] },
    code: 'upstream_error',
    calls: 1,
    text: HALF.text,
    words: /overloaded/,
  },
  {
    fault: 'an error frame at once',
    answer: { parts: [{ fault: 'error_frame' }] },
    code: 'upstream_error',
    calls: 1,
  },
  {
    fault: 'no finish reason',
    answer: { parts: [HALF], finish: 'none', usage: null },
    code: 'cut_off',
    calls: 1,
    text: HALF.text,
  },
  // Finish reasons that the provider reports.
  {
    fault: 'a failed response',
    answer: { parts: [HALF], finish: 'failed' },
    code: 'upstream_error',
    calls: 1,
    text: HALF.text,
    only: 'responses',
    words: /The fake model failed/,
  },
  {
    fault: 'the output limit',
    answer: { parts: [HALF], finish: 'length' },
    code: 'output_limit',
    calls: 1,
    text: HALF.text,
  },
  {
    fault: 'the output limit before any text',
    answer: { parts: [], finish: 'length' },
    code: 'output_limit',
    calls: 1,
  },
  {
    fault: 'the content filter',
    answer: { parts: [HALF], finish: 'content_filter' },
    code: 'content_filter',
    calls: 1,
    text: HALF.text,
  },
  {
    fault: 'the content filter before any text',
    answer: { parts: [], finish: 'content_filter' },
    code: 'content_filter',
    calls: 1,
  },
  {
    fault: 'a refusal',
    answer: { parts: [{ refusal: 'I cannot help with that.' }] },
    code: 'refused',
    calls: 1,
    text: 'I cannot help with that.',
  },
]
