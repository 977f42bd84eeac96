import type { QueryClient } from '@tanstack/react-query'
import { type Drafts, NEW_CHAT } from './drafts.ts'
import { readOutbox } from './outbox.ts'
import { RunSession } from './run-session.ts'

interface RunSessionsOptions {
  client: QueryClient
  drafts: Drafts
}

/** The sessions of this page, by thread. */
export class RunSessions {
  readonly #options: RunSessionsOptions
  readonly #sessions = new Map<string, RunSession>()
  #newChats = 0

  /** Sends at once what an earlier load of the page did not get through. */
  constructor(options: RunSessionsOptions) {
    this.#options = options
    for (const submission of readOutbox()) {
      const session = this.at(submission.conversationId ?? NEW_CHAT)
      if (submission.queued) session.enqueue(submission)
      else session.submit(submission)
    }
  }

  /** A new chat and the conversation that it becomes are one session, and one thread on the screen. */
  at(threadId: string): RunSession {
    const known = this.#sessions.get(threadId)
    if (known !== undefined) return known
    const session: RunSession = new RunSession({
      ...this.#options,
      threadId,
      key: threadId === NEW_CHAT && this.#newChats > 0 ? `${NEW_CHAT}-${this.#newChats}` : threadId,
      onCreated: (id) => {
        this.#newChats += 1
        this.#sessions.delete(NEW_CHAT)
        this.#sessions.set(id, session)
      },
    })
    this.#sessions.set(threadId, session)
    return session
  }
}
