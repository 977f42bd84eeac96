import type { QueryClient } from '@tanstack/react-query'
import { RunFeed } from './run-feed.ts'
import { settleRun } from './settle-run.ts'

/** The runs this page follows, by id. */
export class RunFeeds {
  readonly #client: QueryClient
  readonly #feeds = new Map<string, RunFeed>()

  constructor(client: QueryClient) {
    this.#client = client
  }

  /** The feed of a run; it reads nothing until somebody watches it. */
  get(runId: string): RunFeed {
    const known = this.#feeds.get(runId)
    if (known !== undefined) return known
    const feed = this.create(runId)
    this.#feeds.set(runId, feed)
    return feed
  }

  /** A feed of a run that is about to be started, or null. */
  create(runId: string | null): RunFeed {
    return new RunFeed(runId, {
      onFinished: ({ live }) => settleRun(this.#client, live.snapshot(), live.conversationTotals()),
      onAbandoned: (feed) => {
        if (feed.runId !== null) this.#feeds.delete(feed.runId)
      },
    })
  }

  add(runId: string, feed: RunFeed): void {
    this.#feeds.set(runId, feed)
  }
}
