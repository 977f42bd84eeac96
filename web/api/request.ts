// The one way to ask the BFF something: a path and the schema of its answer in, a parsed value
// or an ApiError out. Nothing else in the page calls fetch, but for the stream in follow-run.ts.
import type { Problem } from '#shared/problem.ts'
import { t } from '#shared/translate.ts'

/** The BFF answered with a problem, or (status 0) did not answer at all. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly detail: string
  /** The provider whose settings mend it; null: not known. */
  readonly provider: string | null

  constructor(status: number, code: string, detail: string, provider: string | null = null) {
    super(detail)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.detail = detail
    this.provider = provider
  }

  /** There was no response, so the outcome of the request is unknown. */
  get unanswered(): boolean {
    return this.status === 0
  }
}

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Sent as JSON. */
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
  /** Goes on when the page is closed. */
  keepalive?: boolean
}

/** Checks the form of an answer; a zod schema is one. */
export interface AnswerSchema<Answer> {
  safeParse: (answer: unknown) => { success: true; data: Answer } | { success: false }
}

export async function request<Answer>(
  path: string,
  schema: AnswerSchema<Answer>,
  options: RequestOptions = {},
): Promise<Answer> {
  const response = await send(path, options)
  const parsed = schema.safeParse(await readJson(response))
  if (parsed.success) return parsed.data
  throw new ApiError(
    response.status,
    'unexpected_answer',
    t`Tally answered in a form this page does not know. Reload the page.`,
  )
}

/** Resolves with any successful response; the caller reads or ignores its body. */
export async function send(path: string, options: RequestOptions = {}): Promise<Response> {
  const { method = 'GET', body, headers, signal, keepalive = false } = options
  const response = await fetch(path, {
    method,
    keepalive,
    headers: {
      accept: 'application/json',
      ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
    ...(signal ? { signal } : {}),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw new ApiError(0, 'unanswered', t`Tally does not answer. Check that it is running.`)
  })
  if (response.ok) return response
  throw await toApiError(response)
}

export async function toApiError(response: Response): Promise<ApiError> {
  const problem = await readJson(response)
  if (!isProblem(problem)) {
    return new ApiError(
      response.status,
      'http_error',
      t`Tally answered with status ${response.status}.`,
    )
  }
  const { status, code, title, detail, provider } = problem
  return new ApiError(status, code, detail ?? title, provider ?? null)
}

function isProblem(answer: unknown): answer is Problem {
  if (typeof answer !== 'object' || answer === null) return false
  const { status, code, title, detail, provider } = answer as Partial<
    Record<keyof Problem, unknown>
  >
  const texts = [code, title, detail ?? '', provider ?? '']
  return typeof status === 'number' && texts.every((text) => typeof text === 'string')
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text().catch(() => '')
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
