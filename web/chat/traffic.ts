// What goes between this page and its runs: submits on their way out, events on their way in.
// Showing what is stored needs none of it, so the page loads it after that.
import type { QueryClient } from '@tanstack/react-query'
import type { Drafts } from './drafts.ts'
import type { Failures } from './failures.ts'
import { RunFeeds } from './run-feeds.ts'
import { Sendings } from './sendings.ts'
import { threadRows } from './thread-rows.ts'

export interface TrafficParts {
  client: QueryClient
  drafts: Drafts
  failures: Failures
}

export class Traffic {
  readonly feeds: RunFeeds
  readonly sendings: Sendings
  readonly threadRows = threadRows

  /** Sends at once what an earlier load of the page did not get through. */
  constructor(parts: TrafficParts) {
    this.feeds = new RunFeeds(parts.client)
    this.sendings = new Sendings({ ...parts, feeds: this.feeds })
    this.sendings.resume()
  }
}
