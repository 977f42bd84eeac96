// Expected failures as data: a code that clients can rely on, its status and its title in one table.
import type { Problem as ProblemBody } from '#shared/api.ts'
import { t } from '#shared/translate.ts'

export const PROBLEMS = {
  bad_request: { status: 400, title: () => t`The request is not valid` },
  invalid_cursor: { status: 400, title: () => t`The cursor is not valid` },
  provider_not_found: { status: 400, title: () => t`There is no such provider` },
  model_not_found: { status: 400, title: () => t`There is no such model` },
  model_not_set: { status: 400, title: () => t`The provider has no model` },
  agent_not_found: { status: 400, title: () => t`There is no such agent` },
  openai_refused: { status: 400, title: () => t`OpenAI refused the request` },
  over_budget: { status: 402, title: () => t`A budget has nothing left for this` },
  forbidden_origin: { status: 403, title: () => t`Requests from other sites are refused` },
  not_found: { status: 404, title: () => t`There is nothing at this address` },
  conversation_not_found: { status: 404, title: () => t`There is no such conversation` },
  folder_not_found: { status: 404, title: () => t`There is no such folder` },
  message_not_found: { status: 404, title: () => t`There is no such message` },
  file_not_found: { status: 404, title: () => t`There is no such file` },
  run_not_found: { status: 404, title: () => t`There is no such run` },
  queued_message_not_found: {
    status: 404,
    title: () => t`This message is not in the queue any more`,
  },
  rule_not_found: { status: 404, title: () => t`There is no such rule` },
  prompt_not_found: { status: 404, title: () => t`There is no such prompt` },
  import_not_found: { status: 404, title: () => t`There is no such import` },
  summary_not_found: { status: 404, title: () => t`There is no such summary` },
  price_not_found: { status: 404, title: () => t`There is no such price` },
  price_batch_not_found: { status: 404, title: () => t`Nothing was priced again under this id` },
  run_active: { status: 409, title: () => t`Another run of this conversation is active` },
  run_over: { status: 409, title: () => t`This answer is over` },
  queue_full: { status: 409, title: () => t`So many messages cannot be queued` },
  not_continuable: { status: 409, title: () => t`This answer cannot go on` },
  import_not_ready: { status: 409, title: () => t`This import cannot be started` },
  idempotency_conflict: {
    status: 409,
    title: () => t`This Idempotency-Key was used for another request`,
  },
  folder_exists: { status: 409, title: () => t`There is a folder of this name already` },
  too_many_folders: { status: 409, title: () => t`There are too many folders` },
  too_many_prompts: { status: 409, title: () => t`There are too many prompts` },
  prompt_exists: { status: 409, title: () => t`There is a prompt of this name already` },
  nothing_to_summarize: { status: 409, title: () => t`There is nothing to summarize` },
  summary_active: { status: 409, title: () => t`A summary is being written already` },
  check_active: { status: 409, title: () => t`This provider is being checked already` },
  reprice_active: { status: 409, title: () => t`Rows are being priced again already` },
  provider_exists: { status: 409, title: () => t`There is a provider of this name already` },
  provider_fixed: { status: 409, title: () => t`This is not changed here` },
  key_unreadable: { status: 409, title: () => t`The stored key cannot be read` },
  address_changed: { status: 409, title: () => t`The provider has another address now` },
  keys_not_kept: { status: 409, title: () => t`Keys are not stored here` },
  arguments_changed: {
    status: 409,
    title: () => t`The arguments are not the ones that were shown`,
  },
  already_decided: { status: 409, title: () => t`This was decided already` },
  upload_stalled: { status: 408, title: () => t`The upload stood still` },
  file_missing: { status: 410, title: () => t`The file is missing` },
  gone: { status: 410, title: () => t`These events are no longer kept` },
  body_too_large: { status: 413, title: () => t`The request is too large` },
  file_not_accepted: { status: 415, title: () => t`Files of this kind are not accepted` },
  unsupported_media_type: { status: 415, title: () => t`Send JSON` },
  misdirected_host: { status: 421, title: () => t`This server does not answer to that name` },
  too_many_streams: {
    status: 429,
    title: () => t`You follow too many answers at once`,
    retryAfterS: 5,
  },
  too_many_queries: { status: 429, title: () => t`Too many calls wait already`, retryAfterS: 5 },
  internal: { status: 500, title: () => t`Something went wrong here` },
  model_failed: { status: 502, title: () => t`The model did not answer` },
  function_not_called: { status: 502, title: () => t`The model did not call the function` },
  wrong_function: { status: 502, title: () => t`The model called another function` },
  arguments_unreadable: {
    status: 502,
    title: () => t`The arguments of the function cannot be read`,
  },
  openai_unreachable: { status: 502, title: () => t`OpenAI could not be asked` },
  database_damaged: { status: 503, title: () => t`The database is damaged` },
  unavailable: { status: 503, title: () => t`The database cannot be written` },
  streams_full: {
    status: 503,
    title: () => t`Too many answers are followed at once`,
    retryAfterS: 5,
  },
} as const

export type ProblemCode = keyof typeof PROBLEMS

export class Problem extends Error {
  readonly code: ProblemCode
  readonly detail: string | undefined
  readonly provider: string | undefined

  /**
   * `detail` is shown to the user: it says what to do, and contains no key, prompt or stack.
   * `provider` is the one whose settings mend it.
   */
  constructor(code: ProblemCode, detail?: string, provider?: string) {
    super(detail ?? PROBLEMS[code].title())
    this.code = code
    this.detail = detail
    this.provider = provider
  }

  get status(): (typeof PROBLEMS)[ProblemCode]['status'] {
    return PROBLEMS[this.code].status
  }

  toBody(): ProblemBody {
    const { status, title } = PROBLEMS[this.code]
    return {
      type: `about:blank#${this.code}`,
      title: title(),
      status,
      code: this.code,
      ...(this.detail === undefined ? {} : { detail: this.detail }),
      ...(this.provider === undefined ? {} : { provider: this.provider }),
    }
  }

  toResponse(): Response {
    const known = PROBLEMS[this.code]
    const retryAfter = 'retryAfterS' in known && { 'Retry-After': String(known.retryAfterS) }
    return new Response(JSON.stringify(this.toBody()), {
      status: this.status,
      headers: { 'Content-Type': 'application/problem+json', ...retryAfter },
    })
  }
}
