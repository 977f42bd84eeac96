// OpenAI's client with streams of ours and with bodies that are written a piece at a time. Its input
// may have been converted before: in pieces, too.
import { OpenAI } from 'openai'
import type { WriteFile } from './file-reference.ts'
import { listAt } from './record.ts'
import { encodeBody } from './request-body.ts'
import { UpstreamStream } from './upstream-stream.ts'

type RequestOptions = Parameters<OpenAI['request']>[0]
type ClientOptions = ConstructorParameters<typeof OpenAI>[0]

/** Entries of a conversation, converted for an API. */
export interface Converted {
  entries: unknown[]
}

export class UpstreamClient extends OpenAI {
  readonly #before: Converted
  readonly #write: WriteFile | undefined

  /** `before` stands in front of the input of each request. */
  constructor(options: ClientOptions, before: Converted = { entries: [] }, write?: WriteFile) {
    super(options)
    this.#before = before
    this.#write = write
  }

  override request<Answer>(options: RequestOptions, retries?: number | null) {
    const ours = Promise.resolve(options).then(async (request) => ({
      ...request,
      ...(isObject(request.body) && {
        body: await encodeBody(this.#whole(request.body), this.#write),
      }),
      __streamClass: UpstreamStream,
    }))
    return super.request<Answer>(ours, retries)
  }

  #whole(body: object): object {
    const { entries } = this.#before
    if (entries.length === 0) return body
    const key = inputKey(body)
    const own = listAt(body, key)
    const head = own.filter(isSystem)
    return { ...body, [key]: [...head, ...entries, ...own.slice(head.length)] }
  }
}

/** The request was converted and not sent. */
export class NotSent extends Error {}

/** Sends nothing: keeps the input that it would send, and fails as NotSent. */
export class ConvertingClient extends OpenAI {
  readonly #into: Converted

  constructor(options: ClientOptions, into: Converted) {
    super(options)
    this.#into = into
  }

  override request<Answer>(options: RequestOptions) {
    const failed = Promise.resolve(options).then(({ body }): never => {
      if (isObject(body)) this.#into.entries.push(...listAt(body, inputKey(body)))
      throw new NotSent()
    })
    return super.request<Answer>(failed)
  }
}

function inputKey(body: object): 'messages' | 'input' {
  return 'messages' in body ? 'messages' : 'input'
}

function isObject(body: unknown): body is object {
  return typeof body === 'object' && body !== null
}

function isSystem(entry: unknown): boolean {
  return isObject(entry) && 'role' in entry && entry.role === 'system'
}
