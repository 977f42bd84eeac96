import type { QueryClient } from '@tanstack/react-query'
import type { FoldedRun } from '#shared/fold-run.ts'
import { RunFeed } from './run-feed.ts'
import { settleRun } from './settle-run.ts'

/** The runs this page follows, by id. */
export class RunFeeds {
  readonly #client: QueryClient
  readonly #feeds = new Map<string, RunFeed>()

  constructor(client: QueryClient) {
    this.#client = client
  }

  /** The feed of a run, going on from `folded` if it is new; it reads nothing until somebody watches it. */
  get(runId: string, folded: FoldedRun): RunFeed {
    const known = this.#feeds.get(runId)
    if (known !== undefined) return known
    const feed = this.#create(runId, folded)
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
