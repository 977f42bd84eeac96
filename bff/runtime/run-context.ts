// What a run gives to the code of its agents: tools, guardrails, routers and instructions get this value and nothing
// global. Tests pass a plain object.
import type { SearchHit } from '#shared/search.ts'
import type { QueryFunction } from '#shared/query.ts'

/**
 * The stores that agents may use. Agents add theirs:
 * `declare module '../../runtime/run-context.ts' { interface Stores { shop: Shop } }`
 */
// oxlint-disable-next-line typescript/no-empty-object-type
export interface Stores {}

export interface RunContext {
  user: {
    id: string
    /** The plan of the user, for routers and guardrails. */
    tier: string
  }
  runId: string
  conversationId: string
  /** IANA name of the user's time zone. */
  timeZone: string
  stores: Stores
  /** Names of the features that are on. */
  flags: ReadonlySet<string>
  /** Writes a line to the server's log. Never pass a prompt or a key. */
  log: (message: string) => void
  searchMessages: (query: string, limit: number) => Promise<SearchHit[]>
  /**
   * A small call to the model of the run, in its budget and its receipt. Returns the arguments of the
   * function, or the text without one. Null: the demo answers, which checks nothing.
   */
  query: (asked: ContextQuery) => Promise<unknown>
  /** Aborted when the run is stopped. */
  signal: AbortSignal
}

export interface ContextQuery {
  system: string
  user: string
  /** The model must call it. */
  function?: QueryFunction
}

/** For counting what a request would carry, where no run is under way. */
export const NO_RUN: RunContext = {
  user: { id: 'local', tier: 'standard' },
  runId: '',
  conversationId: '',
  timeZone: 'UTC',
  // Instructions look at the user and the flags, not at stores.
  stores: Object(),
  flags: new Set(),
  log: () => {},
  searchMessages: () => Promise.resolve([]),
  query: () => Promise.resolve(null),
  signal: new AbortController().signal,
}

/** What a tool gets for one call. */
export interface ToolContext extends RunContext {
  callId: string
  /** Aborted when the run is stopped or the tool takes too long. */
  signal: AbortSignal
  /** Shows a sentence on the card of the call while the tool runs. */
  progress: (text: string) => void
  /** Runs an agent on this input alone, inside the call, and returns its answer. */
  runAgent: (name: string, input: string) => Promise<string>
}
