// A client for Tally's HTTP API without a browser. Responses are validated against the contract.
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import type * as z from 'zod/mini'
import {
  Conversation,
  ConversationPage,
  type CreateConversation,
  Receipt,
  Run,
  type StartRun,
  type UpdateConversation,
  type UsageBy,
  UsageSummary,
} from '#shared/api.ts'
import { ConversationCache } from '#shared/call-cache.ts'
import { WhatIf } from '#shared/what-if.ts'
import type { StoredRunEvent } from '#shared/run-event.ts'
import { decodeFrame } from '#shared/sse.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

export class Api {
  readonly origin: string

  constructor(origin: string) {
    this.origin = origin
  }

  /** Sends a request and returns the raw response. */
  request(path: string, init?: RequestInit): Promise<Response> {
    return fetch(this.origin + path, init)
  }

  post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const json = body === undefined ? {} : { body: JSON.stringify(body) }
    return this.request(path, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, ...json })
  }

  async conversations(query = ''): Promise<ConversationPage> {
    return parsed(ConversationPage, await this.request('/api/conversations' + query))
  }

  async createConversation(body: CreateConversation = {}): Promise<Conversation> {
    return parsed(Conversation, await this.post('/api/conversations', body))
  }

  async conversation(id: string): Promise<Conversation> {
    return parsed(Conversation, await this.request(`/api/conversations/${id}`))
  }

  async cache(id: string): Promise<ConversationCache> {
    return parsed(ConversationCache, await this.request(`/api/conversations/${id}/cache`))
  }

  async whatIf(id: string): Promise<WhatIf> {
    return parsed(WhatIf, await this.request(`/api/conversations/${id}/what-if`))
  }

  async updateConversation(id: string, body: UpdateConversation): Promise<Conversation> {
    const init = { method: 'PATCH', headers: JSON_TYPE, body: JSON.stringify(body) }
    return parsed(Conversation, await this.request(`/api/conversations/${id}`, init))
  }

  async startRun(conversationId: string, body: StartRun): Promise<Run> {
    const accept = { accept: 'application/json' }
    return parsed(Run, await this.post(`/api/conversations/${conversationId}/runs`, body, accept))
  }

  async say(text: string): Promise<Run> {
    const { id } = await this.createConversation()
    return this.startRun(id, { text })
  }

  async *follow(runId: string, after = 0): AsyncGenerator<StoredRunEvent> {
    yield* readEvents(await this.request(`/api/runs/${runId}/events?after=${after}`))
  }

  /** Waits for the end of the run and returns all its events. */
  ended(run: Pick<Run, 'id'>): Promise<StoredRunEvent[]> {
    return Array.fromAsync(this.follow(run.id))
  }

  async receipt(runId: string): Promise<Receipt> {
    return parsed(Receipt, await this.request(`/api/runs/${runId}/calls`))
  }

  async usage(by: UsageBy): Promise<UsageSummary> {
    return parsed(UsageSummary, await this.request(`/api/usage/summary?by=${by}`))
  }
}

/** Yields the frames of an event stream. Leaving the loop closes the stream. */
export async function* readFrames(response: Response): AsyncGenerator<EventSourceMessage> {
  if (!response.ok || !response.body) throw new Error(`No stream: ${response.status}`)
  const frames: EventSourceMessage[] = []
  const parser = createParser({ onEvent: (frame) => void frames.push(frame) })
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    parser.feed(text)
    yield* frames.splice(0)
  }
}

export async function* readEvents(response: Response): AsyncGenerator<StoredRunEvent> {
  for await (const frame of readFrames(response)) {
    const event = decodeFrame(frame)
    if (event) yield event
  }
}

async function parsed<T extends z.ZodMiniType>(schema: T, response: Response): Promise<z.infer<T>> {
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.status} ${response.url}: ${text}`)
  return schema.parse(JSON.parse(text))
}
