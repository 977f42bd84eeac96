// Messages on their way into the queue of a conversation, in the order in which they were written. Until
// the server has one it is kept in the outbox; one that is refused goes back to the composer.
import type { QueryClient } from '@tanstack/react-query'
import { queueMessage, queueQuery, steerRun } from '../api/queue.ts'
import { untilAnswered } from '../api/runs.ts'
import { Store } from '../ui/store.ts'
import { toAttachment } from './attachment.ts'
import { type Drafts, NEW_CHAT } from './drafts.ts'
import { acknowledge, keepInOutbox, type Submission, toStartRun } from './outbox.ts'
import { t } from '#shared/translate.ts'

interface QueueSenderOptions {
  client: QueryClient
  drafts: Drafts
  /** Changes when a new chat becomes a conversation. */
  threadId: () => string
}

export class QueueSender extends Store {
  readonly #options: QueueSenderOptions
  #unsent: Submission[] = []
  #last: Promise<void> = Promise.resolve()

  constructor(options: QueueSenderOptions) {
    super()
    this.#options = options
  }

  readonly unsent = () => this.#unsent

  /** `before` resolves when the message that was sent before it is accepted or refused. */
  send(submission: Submission, before: Promise<void>): void {
    keepInOutbox({ ...submission, queued: true })
    this.#setUnsent([...this.#unsent, submission])
    this.#last = Promise.all([this.#last, before]).then(() => this.#deliver(submission))
  }

  /** If the answer has ended, the text goes back to the composer, to be sent as a message. */
  async steer(runId: string, text: string, key: string): Promise<void> {
    const { client, drafts, threadId } = this.#options
    drafts.fail(threadId(), null)
    try {
      await steerRun(runId, text, key)
    } catch (error) {
      drafts.giveBack(threadId(), text)
      drafts.fail(threadId(), error instanceof Error ? error.message : String(error))
    }
    await client.invalidateQueries(queueQuery(threadId()))
  }

  async #deliver(submission: Submission): Promise<void> {
    const { client, drafts, threadId } = this.#options
    const id = threadId()
    const text = submission.text ?? ''
    try {
      // The message before it was refused.
      if (id === NEW_CHAT) throw new Error(t`This was not sent. Send it again.`)
      const { retryOf: _, parentId: __, ...body } = toStartRun(submission)
      const attempt = () => queueMessage(id, body, submission.key)
      const queued = await untilAnswered(attempt, new AbortController().signal, () => {})
      client.setQueryData(queueQuery(id).queryKey, (queue) => {
        if (queue === undefined) return queue
        const others = queue.items.filter((item) => item.id !== queued.id)
        return { ...queue, items: [...others, queued] }
      })
    } catch (error) {
      drafts.giveBack(id, text, submission.files?.map(toAttachment))
      drafts.fail(id, error instanceof Error ? error.message : String(error))
    }
    acknowledge(submission.key)
    this.#setUnsent(this.#unsent.filter(({ key }) => key !== submission.key))
    void client.invalidateQueries(queueQuery(id))
    // It may have been sent at once.
    void client.invalidateQueries({ queryKey: ['conversation', id] })
  }

  #setUnsent(unsent: Submission[]): void {
    this.#unsent = unsent
    this.notify()
  }
}
