// Performs what the state machine of a conversation's run asks for: sends a submit until it is
// answered, follows the run while the conversation is on the screen, and keeps the outbox, the draft and
// the loaded data in step. Showing what is stored needs none of it, so the page loads this file later.
import type { QueryClient } from '@tanstack/react-query'
import type { Conversation } from '#shared/api.ts'
import type { StopMode } from '#shared/stop-run.ts'
import { conversationQuery } from '../api/queries.ts'
import {
  continueMessage,
  createConversation,
  startRun,
  stopRun,
  untilAnswered,
} from '../api/runs.ts'
import { navigate } from '../router.tsx'
import { isWaiting } from '../transcript/is-waiting.ts'
import type { ThreadRow } from '../transcript/thread-row.ts'
import { Store } from '../ui/store.ts'
import { toAttachment } from './attachment.ts'
import { type Drafts, NEW_CHAT } from './drafts.ts'
import { acknowledge, keepInOutbox, newKey, type Submission, toStartRun } from './outbox.ts'
import { LiveRun } from './live-run.ts'
import { QueueSender } from './queue-sender.ts'
import {
  IDLE,
  runIdOf,
  type SessionEffect,
  type SessionEvent,
  type SessionState,
  transition,
} from './session-state.ts'
import { deleteIfEmpty, foldedSoFar, keepAnswer, reloadLists, settleRun } from './settle-run.ts'
import { threadRows } from './thread-rows.ts'

const UNWATCHED_MS = 3_000

interface RunSessionOptions {
  client: QueryClient
  drafts: Drafts
  /** The id of a conversation, or `NEW_CHAT`. */
  threadId: string
  /** The React key of its thread. */
  key: string
  /** The first submit of a new chat has created its conversation. */
  onCreated: (conversationId: string) => void
}

export class RunSession extends Store {
  readonly key: string
  readonly #options: RunSessionOptions
  #threadId: string
  #state: SessionState = IDLE
  /** The live run that is sent or followed. */
  #live: LiveRun | null = null
  /** The submits behind runs, so that a message keeps its React key when it becomes a stored one. */
  readonly #submitOfRun = new Map<string, string>()
  #sending = new AbortController()
  #sent: Promise<void> = Promise.resolve()
  readonly queue: QueueSender
  #watchers = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: RunSessionOptions) {
    super()
    this.#options = options
    this.#threadId = options.threadId
    this.key = options.key
    this.queue = new QueueSender({ ...options, threadId: () => this.#threadId })
  }

  readonly state = () => this.#state

  /** The state as it will be once `load` has been told of this conversation, and its live run. */
  view(conversation: Conversation | null): { state: SessionState; live: LiveRun | null } {
    const now = this.#state
    if (conversation === null) return { state: now, live: this.#live }
    const [state] = transition(now, { type: 'loaded', conversation })
    const isSameRun = runIdOf(state) === runIdOf(now) && state.phase !== 'idle'
    return { state, live: isSameRun ? this.#live : null }
  }

  rows(conversation: Conversation | null): ThreadRow[] {
    const { state, live } = this.view(conversation)
    const submitOf = (runId: string) => this.#submitOfRun.get(runId) ?? null
    return threadRows({ conversation, pending: state.pending, live, submitOf })
  }

  submit(asked: Omit<Submission, 'key'> & { key?: string }): void {
    const submission = { key: newKey(), ...asked }
    const answer = this.#live?.snapshot() ?? null
    const endsWait = answer !== null && isWaiting(answer)
    this.#handle({ type: 'submit', submission, at: new Date().toISOString(), endsWait })
  }

  /** What is being sent comes first. */
  enqueue(submission: Submission): void {
    this.queue.send(submission, this.#sent)
  }

  steer(text: string): void {
    const runId = runIdOf(this.#state)
    if (runId === null) this.#options.drafts.giveBack(this.#threadId, text)
    else void this.queue.steer(runId, text, newKey())
  }

  /** Goes on with an answer in its message; `runId` is the run that made it so far. */
  async continueMessage(messageId: string, runId: string | null): Promise<void> {
    const { client, drafts } = this.#options
    drafts.fail(this.#threadId, null)
    try {
      const next = await continueMessage(messageId, newKey())
      // The message keeps its React key.
      const submit = runId === null ? undefined : this.#submitOfRun.get(runId)
      if (submit !== undefined) this.#submitOfRun.set(next, submit)
    } catch (error) {
      drafts.fail(this.#threadId, error instanceof Error ? error.message : String(error))
    }
    void client.invalidateQueries({ queryKey: ['conversation', this.#threadId] })
  }

  stop(mode?: StopMode): void {
    this.#handle({ type: 'stop', mode })
  }

  /** Call with what is stored of the conversation whenever that changes on the screen. */
  load(conversation: Conversation): void {
    this.#handle({ type: 'loaded', conversation })
  }

  /** Its run is followed until the returned function is called, and a little longer. */
  watch(): () => void {
    this.#watchers += 1
    this.#follow()
    return () => {
      this.#watchers -= 1
      this.#leaveSoon()
    }
  }

  #handle(event: SessionEvent): void {
    const [state, ...effects] = transition(this.#state, event)
    if (state === this.#state && effects.length === 0) return
    this.#state = state
    for (const effect of effects) this.#perform(effect)
    if (state.phase === 'idle') {
      this.#live?.leave()
      this.#live = null
    }
    this.notify()
  }

  #perform(effect: SessionEffect): void {
    const { client, drafts } = this.#options
    switch (effect.type) {
      case 'keep_answer':
        if (this.#live !== null) keepAnswer(client, this.#live)
        return
      case 'send':
        this.#live?.leave()
        this.#live = new LiveRun()
        drafts.fail(this.#threadId, null)
        this.#sent = this.#send()
        return
      case 'queue':
        return this.enqueue(effect.submission)
      case 'cancel':
        return this.#sending.abort()
      case 'keep':
        return keepInOutbox(effect.submission)
      case 'acknowledge':
        return acknowledge(effect.key)
      case 'follow':
        return this.#begin(effect.runId, effect.conversation)
      case 'stop':
        stopRun(effect.runId, effect.mode).catch((error: Error) =>
          this.#handle({ type: 'stop_failed', error }),
        )
        return
      case 'settle':
        if (this.#live !== null) settleRun(client, this.#live)
        return
      case 'reload':
        void client.invalidateQueries({ queryKey: ['conversation', this.#threadId] })
        return reloadLists(client)
      case 'restore_draft':
        return drafts.giveBack(
          effect.editedId ?? this.#threadId,
          effect.text,
          effect.files.map(toAttachment),
        )
      case 'fail':
        return drafts.fail(this.#threadId, effect.failure)
      case 'discard':
        return this.#discard(this.#threadId)
    }
  }

  /** All attempts have one idempotency key, so they start one run. */
  async #send(): Promise<void> {
    const { signal } = (this.#sending = new AbortController())
    const onUnanswered = () => {
      this.#live?.setConnected(false)
      this.#handle({ type: 'unanswered' })
    }
    let runId: string
    try {
      runId = await untilAnswered(() => this.#attempt(signal), signal, onUnanswered)
    } catch (error) {
      return this.#handle({ type: 'refused', error: signal.aborted ? null : error })
    }
    this.#live?.setConnected(true)
    this.#handle({ type: 'accepted', runId })
  }

  /** Continues after the steps that an earlier attempt has completed. */
  async #attempt(signal: AbortSignal): Promise<string> {
    const { pending } = this.#state
    if (pending === null) throw new Error('nothing is being sent')
    const { submission } = pending
    const id = submission.conversationId ?? (await this.#create(submission))
    return startRun(id, toStartRun(submission), submission.key, signal)
  }

  async #create({ key, choice, setup }: Submission): Promise<string> {
    const { client, drafts, onCreated } = this.#options
    const created = await createConversation({ ...choice, ...setup }, key)
    client.setQueryData(conversationQuery(created.id).queryKey, created)
    this.#threadId = created.id
    onCreated(created.id)
    this.#handle({ type: 'created', conversationId: created.id })
    if (location.pathname === '/') {
      // Text typed since then belongs to the conversation that is on the screen now.
      drafts.move(NEW_CHAT, created.id)
      navigate(`/c/${created.id}`)
    }
    return created.id
  }

  /** Discards a conversation without a message, and goes back to the new chat that it came from. */
  #discard(id: string): void {
    const { client, drafts } = this.#options
    drafts.move(id, NEW_CHAT)
    drafts.fail(NEW_CHAT, drafts.failure(id))
    drafts.fail(id, null)
    if (location.pathname === `/c/${id}`) navigate('/', { replace: true })
    void deleteIfEmpty(client, id)
  }

  #begin(runId: string, conversation: Conversation | null): void {
    if (conversation !== null) {
      this.#live?.leave()
      this.#live = new LiveRun(foldedSoFar(conversation, runId))
    }
    const { pending } = this.#state
    if (pending !== null) this.#submitOfRun.set(runId, pending.submission.key)
    this.#follow()
    this.#leaveSoon()
  }

  #follow(): void {
    clearTimeout(this.#timer)
    if (this.#state.phase !== 'running') return
    this.#live?.follow(this.#state.runId, () => this.#handle({ type: 'ended' }))
  }

  #leaveSoon(): void {
    if (this.#watchers > 0) return
    this.#timer = setTimeout(() => {
      this.#live?.leave()
      this.#handle({ type: 'unwatched' })
    }, UNWATCHED_MS)
  }
}
