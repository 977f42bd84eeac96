import type { QueryClient } from '@tanstack/react-query'
import type { Conversation } from '#shared/api.ts'
import { type FoldedRun, NOTHING_FOLDED } from '#shared/fold-run.ts'
import { RunFeed } from './run-feed.ts'
import { settleRun } from './settle-run.ts'

/** The runs this page follows, by id. */
export class RunFeeds {
  readonly #client: QueryClient
  readonly #feeds = new Map<string, RunFeed>()

  constructor(client: QueryClient) {
    this.#client = client
  }

  /** The feed of a conversation's run, going on from what that holds of it; reads nothing until it is watched. */
  get(runId: string, conversation: Conversation): RunFeed {
    const known = this.#feeds.get(runId)
    if (known !== undefined) return known
    const feed = this.#create(runId, foldedSoFar(conversation, runId))
    this.#feeds.set(runId, feed)
    return feed
  }

  /** The feed of a run that is about to be started. */
  begin(): RunFeed {
    return this.#create(null)
  }

  add(runId: string, feed: RunFeed): void {
    this.#feeds.set(runId, feed)
  }

  #create(runId: string | null, folded?: FoldedRun): RunFeed {
    return new RunFeed({
      runId,
      folded,
      onFinished: ({ live }) => settleRun(this.#client, live.snapshot(), live.conversationTotals()),
      onAbandoned: (feed) => {
        if (feed.runId !== null) this.#feeds.delete(feed.runId)
      },
    })
  }
}

/** What the server has folded of a run under way, so that only the rest must be read. */
function foldedSoFar({ messages }: Conversation, runId: string): FoldedRun {
  const stored = messages.find((message) => message.runId === runId)
  if (stored?.lastSeq === undefined || stored.lastSeq === 0) return NOTHING_FOLDED
  const { lastSeq, siblingIds: _, ...message } = stored
  return { seq: lastSeq, message }
}
