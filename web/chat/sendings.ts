// What is being sent, one per place: a conversation, or the new chat that is none yet. A submit
// stays here from the key press until the conversation, read again, shows it.
import type { QueryClient } from '@tanstack/react-query'
import type { StartRun } from '#shared/api.ts'
import { latestConversationsQuery } from '../api/latest-conversations.ts'
import { conversationQuery, conversationsQuery } from '../api/queries.ts'
import { ApiError } from '../api/request.ts'
import { createConversation, deleteConversation, readNewestMessages, stopRun } from '../api/runs.ts'
import { startRun } from '../api/start-run.ts'
import { navigate } from '../router.tsx'
import { Store } from '../ui/store.ts'
import type { Drafts } from './drafts.ts'
import type { Failure, Failures } from './failures.ts'
import {
  acknowledge,
  keepUntilAcknowledged,
  newKey,
  type Submission,
  unacknowledged,
} from './outbox.ts'
import { NEW_CHAT } from './place.ts'
import { type RunFeed, StartCancelled } from './run-feed.ts'
import type { RunFeeds } from './run-feeds.ts'

export interface Sending {
  submission: Submission
  feed: RunFeed
  /** Null until the server has taken it. */
  runId: string | null
  sentAt: string
}

interface Parts {
  client: QueryClient
  feeds: RunFeeds
  drafts: Drafts
  failures: Failures
}

export class Sendings extends Store {
  readonly #parts: Parts
  readonly #sendings = new Map<string, Sending>()
  readonly #stopWhenTaken = new Set<string>()
  /** The submits behind messages, so that a message keeps its place on the screen as it becomes real. */
  readonly #origins = new Map<string, string>()
  readonly #threads = new Map<string, string>()
  #newThread = NEW_CHAT
  /** The submits that have made their conversation. */
  readonly #made = new Set<string>()

  constructor(parts: Parts) {
    super()
    this.#parts = parts
  }

  get(place: string): Sending | null {
    return this.#sendings.get(place) ?? null
  }

  readonly originOf = (runId: string) => this.#origins.get(runId) ?? null

  /** A new chat and the conversation that it becomes are one thread on the screen. */
  threadOf(place: string): string {
    return place === NEW_CHAT ? this.#newThread : (this.#threads.get(place) ?? place)
  }

  /** Sends what an earlier load of the page did not get through. */
  resume(): void {
    for (const submission of unacknowledged()) void this.submit(submission)
  }

  async submit(asked: Omit<Submission, 'key'> & { key?: string }): Promise<void> {
    const submission = { key: newKey(), ...asked }
    const place = submission.conversationId ?? NEW_CHAT
    if (this.get(place)?.runId === null) return
    const feed = this.#parts.feeds.begin()
    keepUntilAcknowledged(submission)
    this.#parts.failures.set(place, null)
    this.#set(place, { submission, feed, runId: null, sentAt: new Date().toISOString() })
    try {
      const runId = await feed.start((signal) => this.#send(feed, signal))
      this.#taken(feed, runId)
    } catch (error) {
      this.#refused(feed, error)
    }
  }

  /** A submit that nobody has answered is taken back; one under way is stopped once it is taken. */
  stop(place: string): void {
    const sending = this.get(place)
    if (sending === null || sending.runId !== null) return
    if (sending.feed.live.connected()) this.#stopWhenTaken.add(sending.submission.key)
    else sending.feed.cancelStart()
  }

  /** The conversation shows it now. */
  forget(place: string): void {
    if (this.#sendings.delete(place)) this.notify()
  }

  /** Runs again for every attempt, so it goes on from what is done. */
  async #send(feed: RunFeed, signal: AbortSignal): Promise<string> {
    const { submission } = this.#of(feed)
    const id = submission.conversationId ?? (await this.#createConversation(feed))
    return startRun(id, toStartRun(submission), submission.key, signal)
  }

  async #createConversation(feed: RunFeed): Promise<string> {
    const { submission } = this.#of(feed)
    const setup = { ...submission.choice, ...submission.setup }
    const created = await createConversation(setup, submission.key)
    this.#made.add(submission.key)
    const placed = { ...submission, conversationId: created.id }
    keepUntilAcknowledged(placed)
    this.#parts.client.setQueryData(conversationQuery(created.id).queryKey, created)
    this.#threads.set(created.id, this.#newThread)
    this.#newThread = `after-${created.id}`
    this.#sendings.set(created.id, { ...this.#of(feed), submission: placed })
    this.#sendings.delete(NEW_CHAT)
    if (location.pathname === '/') {
      // What was typed since belongs to the conversation that is on the screen now.
      this.#parts.drafts.move(NEW_CHAT, created.id)
      navigate(`/c/${created.id}`)
    }
    this.notify()
    return created.id
  }

  #taken(feed: RunFeed, runId: string): void {
    const { client, feeds } = this.#parts
    const sending = this.#of(feed)
    acknowledge(sending.submission.key)
    this.#made.delete(sending.submission.key)
    feeds.add(runId, feed)
    this.#origins.set(runId, sending.submission.key)
    this.#set(sending.submission.conversationId ?? NEW_CHAT, { ...sending, runId })
    if (this.#stopWhenTaken.delete(sending.submission.key)) void stopRun(runId)
    void client.invalidateQueries({ queryKey: ['conversation', sending.submission.conversationId] })
    void client.invalidateQueries(conversationsQuery())
    void client.invalidateQueries(latestConversationsQuery())
  }

  #refused(feed: RunFeed, error: unknown): void {
    const { submission } = this.#of(feed)
    const place = submission.conversationId ?? NEW_CHAT
    acknowledge(submission.key)
    // Gone (410): it was taken so long ago that its events are no longer kept, only what came of it.
    const taken = error instanceof ApiError && error.status === 410
    const { client, drafts, failures } = this.#parts
    if (submission.text !== null && !taken) drafts.giveBack(place, submission.text)
    if (!(error instanceof StartCancelled) && !taken) {
      failures.set(place, failureOf(error, submission.choice.provider ?? null))
    }
    this.forget(place)
    if (this.#made.delete(submission.key) && !taken) return this.#unmake(place)
    void client.invalidateQueries({ queryKey: ['conversation', place] })
  }

  /** A conversation without a message is none: back to the new chat that it came from. */
  #unmake(id: string): void {
    const { client, drafts, failures } = this.#parts
    drafts.move(id, NEW_CHAT)
    failures.set(NEW_CHAT, failures.get(id))
    failures.set(id, null)
    if (location.pathname === `/c/${id}`) navigate('/', { replace: true })
    // A submit can be refused although its text was stored.
    readNewestMessages(id)
      .then(({ messages }) => (messages.length === 0 ? deleteConversation(id) : undefined))
      // It stays in the list, and can be deleted there.
      .catch(() => undefined)
      .finally(() => {
        client.removeQueries({ queryKey: conversationQuery(id).queryKey })
        void client.invalidateQueries(conversationsQuery())
        void client.invalidateQueries(latestConversationsQuery())
      })
  }

  #of(feed: RunFeed): Sending {
    for (const sending of this.#sendings.values()) if (sending.feed === feed) return sending
    throw new Error('a submit was forgotten before it was taken')
  }

  #set(place: string, sending: Sending): void {
    this.#sendings.set(place, sending)
    this.notify()
  }
}

function toStartRun({ text, retryOf, choice }: Submission): StartRun {
  return {
    ...(text === null ? {} : { text }),
    ...(retryOf === null ? {} : { retryOf }),
    ...choice,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  }
}

function failureOf(error: unknown, provider: string | null): Failure {
  if (error instanceof ApiError) {
    return { words: error.message, code: error.code, provider: error.provider ?? provider }
  }
  return { words: 'This page broke while it was sending. Reload it; your text is kept.' }
}
