// Asks a provider what a request used that was cut off or broke: OpenRouter by the id of the
// generation, and whoever speaks the Responses API by the id of a response that it has stored. It is a
// free question about numbers, under the same address and key as the request; no model is asked, no
// redirect is followed, and of what comes back only the numbers are kept.
import { keptUsage } from './kept-usage.ts'
import { isRecord, nameAt, recordAt, textAt } from './record.ts'
import { readText } from './read-response.ts'
import { sendRequest } from './send-request.ts'
import type { ModelTarget } from './types.ts'
import { OversizedAnswer } from './upstream-fetch.ts'

export type UsageLookupTarget = Pick<ModelTarget, 'kind' | 'baseUrl' | 'api' | 'apiKey' | 'headers'>

export interface FoundUsage {
  rawUsage: Record<string, unknown>
  modelReturned: string | null
  serviceTier: string | null
  finishReason: string
}

/** `later`: not known yet. `never`: this provider will not tell. */
export type UsageLookupResult = FoundUsage | 'later' | 'never'

/** Returns the path at which the usage of a response can be requested, or null if there is none. */
export function usagePath(
  { kind, baseUrl, api }: Pick<UsageLookupTarget, 'kind' | 'baseUrl' | 'api'>,
  responseId: string,
): string | null {
  if (kind !== 'configured' || baseUrl === null) return null
  const id = encodeURIComponent(responseId)
  if (responseId.startsWith('gen-')) return `/generation?id=${id}`
  return api === 'responses' && responseId.startsWith('resp') ? `/responses/${id}` : null
}

const TIMEOUT_MS = 10_000
/** A stored response comes with its text. */
const MAX_BYTES = 4 * 1024 * 1024

/** Never rejects. */
export async function fetchUsage(
  target: UsageLookupTarget,
  responseId: string,
  stop: AbortSignal,
): Promise<UsageLookupResult> {
  const path = usagePath(target, responseId)
  if (path === null) return 'never'
  const leave = new AbortController()
  const signal = AbortSignal.any([stop, leave.signal, AbortSignal.timeout(TIMEOUT_MS)])
  try {
    const response = await sendRequest(target, { path, signal })
    if (!response.ok)
      return MAY_COME.has(response.status) || response.status >= 500 ? 'later' : 'never'
    const answer: unknown = JSON.parse(await readText(response, { maxBytes: MAX_BYTES }))
    return path.startsWith('/generation') ? inGeneration(answer) : inResponse(answer)
  } catch (error) {
    // An answer that is too long or no JSON will not change; a failed connection may.
    return error instanceof SyntaxError || error instanceof OversizedAnswer ? 'never' : 'later'
  } finally {
    leave.abort()
  }
}

/** OpenRouter knows a generation some seconds after its end. */
const MAY_COME = new Set([404, 408, 409, 425, 429])

const GENERATION_COUNTS = [
  'native_tokens_prompt',
  'native_tokens_completion',
  'native_tokens_reasoning',
  'native_tokens_cached',
  'total_cost',
  'upstream_inference_cost',
  'is_byok',
]

function inGeneration(answer: unknown): UsageLookupResult {
  const data = recordAt(answer, 'data')
  if (data === null || !isPositive(data['native_tokens_prompt'])) return 'later'
  const counts = GENERATION_COUNTS.map((name) => [name, data[name]] as const)
  return {
    rawUsage: Object.fromEntries(counts.filter(([, value]) => isPlain(value))),
    modelReturned: nameAt(data, 'model') || null,
    serviceTier: null,
    finishReason: nameAt(data, 'finish_reason') || 'cancelled',
  }
}

const GOES_ON = new Set(['queued', 'in_progress'])

/** A response that was cancelled may have no usage, or zeros: that is not known, and not free. */
function inResponse(answer: unknown): UsageLookupResult {
  const status = textAt(answer, 'status')
  if (GOES_ON.has(status)) return 'later'
  const usage = recordAt(answer, 'usage')
  if (status === '' || usage === null || !isPositive(usage['input_tokens'])) return 'never'
  const reason = nameAt(recordAt(answer, 'incomplete_details'), 'reason')
  return {
    rawUsage: keptUsage(numbersOf(usage)),
    modelReturned: nameAt(answer, 'model') || null,
    serviceTier: nameAt(answer, 'service_tier') || null,
    finishReason: reason || nameAt(answer, 'status'),
  }
}

function isPositive(value: unknown): boolean {
  return typeof value === 'number' && value > 0
}

function isPlain(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'boolean'
}

/** Usage holds numbers and, one level down, details of them. */
function numbersOf(usage: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(usage).map(([name, value]) => {
    const inner = isRecord(value)
      ? Object.fromEntries(Object.entries(value).filter(([, count]) => isPlain(count)))
      : value
    return [name, inner] as const
  })
  return Object.fromEntries(kept.filter(([, value]) => isPlain(value) || isRecord(value)))
}
