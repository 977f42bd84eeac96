// Reads an organisation's costs by line item and completions by model from OpenAI, page by page. The
// key is used for these requests only and never stored.
import * as z from 'zod/mini'
import { sendRequest } from '../upstream/send-request.ts'
import { Problem } from '../http/problem.ts'
import { t } from '#shared/translate.ts'

export interface AdminAccess {
  baseUrl: string
  adminKey: string
  signal: AbortSignal
}

const MAX_PAGES = 200
const amount = z.union([z.number(), z.string()])
/** Up to the year 9999. */
const Seconds = z.int().check(z.nonnegative(), z.maximum(253_402_300_799))
const Count = z.int().check(z.nonnegative())

const Page = <Result extends z.ZodMiniType>(result: Result) =>
  z.object({
    data: z.array(z.object({ start_time: Seconds, results: z.array(result) })),
    has_more: z.boolean(),
    next_page: z.optional(z.nullable(z.string())),
  })

const Cost = z.object({
  amount: z.optional(z.nullable(z.object({ value: amount, currency: z.optional(z.string()) }))),
  line_item: z.optional(z.nullable(z.string())),
})
const Completion = z.object({
  model: z.optional(z.nullable(z.string())),
  num_model_requests: Count,
  input_tokens: Count,
  output_tokens: Count,
})
export type Cost = z.infer<typeof Cost> & { day: string }
export type Completion = z.infer<typeof Completion> & { day: string }

interface Days {
  /** Unix seconds: `start` is inclusive, `end` exclusive. */
  start: number
  end: number
}

export function readCosts(access: AdminAccess, days: Days): Promise<Cost[]> {
  const query = { ...asked(days), limit: '180', 'group_by[]': 'line_item' }
  return readAll(access, '/organization/costs', query, Cost)
}

export function readCompletions(access: AdminAccess, days: Days): Promise<Completion[]> {
  const query = { ...asked(days), limit: '31', 'group_by[]': 'model' }
  return readAll(access, '/organization/usage/completions', query, Completion)
}

function asked({ start, end }: Days): Record<string, string> {
  return { start_time: String(start), end_time: String(end), bucket_width: '1d' }
}

async function readAll<Result extends z.ZodMiniType<object>>(
  access: AdminAccess,
  path: string,
  query: Record<string, string>,
  result: Result,
): Promise<(z.infer<Result> & { day: string })[]> {
  const schema = Page(result)
  const all: (z.infer<Result> & { day: string })[] = []
  let page: string | null = null
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const more: Record<string, string> = page === null ? {} : { page }
    const parsed = schema.safeParse(await readJson(access, path, { ...query, ...more }))
    if (!parsed.success) throw unreadable()
    for (const { start_time, results } of parsed.data.data) {
      const day = new Date(start_time * 1000).toISOString().slice(0, 10)
      for (const one of results) all.push({ ...one, day })
    }
    page = parsed.data.next_page ?? null
    if (!parsed.data.has_more || page === null) return all
  }
  throw new Problem(
    'openai_unreachable',
    t`OpenAI has more pages than can be read: choose fewer days.`,
  )
}

/** Sends the key to this address only: redirects are not followed. */
async function readJson(
  { baseUrl, adminKey, signal }: AdminAccess,
  path: string,
  query: Record<string, string>,
): Promise<unknown> {
  const endpoint = { baseUrl, apiKey: adminKey, headers: {} }
  const response = await sendRequest(endpoint, { path, query, signal }).catch(() => {
    throw new Problem(
      'openai_unreachable',
      t`${new URL(baseUrl).host} does not answer: check the connection and try again.`,
    )
  })
  if (!response.ok) {
    await response.body?.cancel()
    throw refusal(response.status)
  }
  try {
    return parseExactly(await response.text())
  } catch {
    throw unreadable()
  }
}

/** Keeps the digits of numbers, so that an amount is never a float. */
function parseExactly(text: string): unknown {
  return JSON.parse(text, (key, value: unknown, context?: { source?: string }) =>
    key === 'value' && typeof value === 'number' ? (context?.source ?? value) : value,
  )
}

function unreadable(): Problem {
  return new Problem('openai_unreachable', t`OpenAI answered in a form that is not known here.`)
}

function refusal(status: number): Problem {
  if (status === 401) {
    return new Problem(
      'openai_refused',
      t`OpenAI does not take this key. Use an admin key of the organisation (sk-admin-…).`,
    )
  }
  if (status === 403) {
    return new Problem(
      'openai_refused',
      t`This key may not read usage. Use an admin key with the permission to read usage.`,
    )
  }
  if (status === 429) {
    return new Problem('openai_unreachable', t`OpenAI asks to wait: try again in a minute.`)
  }
  if (status < 500) {
    return new Problem('openai_refused', t`OpenAI refused these days with status ${status}.`)
  }
  return new Problem('openai_unreachable', t`OpenAI failed with status ${status}: try again later.`)
}
