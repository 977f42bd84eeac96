import type { QueryClient } from '@tanstack/react-query'
import { type Drafts, NEW_CHAT, readOutbox } from './drafts.ts'
import { RunSession } from './run-session.ts'

interface RunSessionsOptions {
  client: QueryClient
  drafts: Drafts
}

/** The sessions of this page, by place. */
export class RunSessions {
  readonly #options: RunSessionsOptions
  readonly #sessions = new Map<string, RunSession>()
  #newChats = 0

  /** Sends at once what an earlier load of the page did not get through. */
  constructor(options: RunSessionsOptions) {
    this.#options = options
    for (const submission of readOutbox()) {
      this.at(submission.conversationId ?? NEW_CHAT).submit(submission)
    }
  }

  /** A new chat and the conversation that it becomes are one session, and one thread on the screen. */
  at(place: string): RunSession {
    const known = this.#sessions.get(place)
    if (known !== undefined) return known
    const session: RunSession = new RunSession({
      ...this.#options,
      place,
      key: place === NEW_CHAT && this.#newChats > 0 ? `${NEW_CHAT}-${this.#newChats}` : place,
      onCreated: (id) => {
        this.#newChats += 1
        this.#sessions.delete(NEW_CHAT)
        this.#sessions.set(id, session)
      },
    })
    this.#sessions.set(place, session)
    return session
  }
}
