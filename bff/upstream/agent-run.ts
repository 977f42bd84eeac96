// What a run of an agent takes in and gives out. It knows no store: history, ledger, log and signal come in as
// arguments.
import type { ConversationSettings } from '#shared/api.ts'
import type { Message } from '#shared/message.ts'
import type { RunEvent, StopReason } from '#shared/run-event.ts'
import type { SearchHit } from '#shared/search.ts'
import type { AskPerson } from './ask-person.ts'
import type { CallLedger, Item, ModelTarget } from './types.ts'

/** An answer that a stopped run leaves behind, read on until its usage arrives. */
export interface Counting {
  /** Called at the stop: returns whether the user wants that. Otherwise the connection is closed at once. */
  wanted(): boolean
  /** Closes the connection while it is read on. */
  cut: AbortSignal
  /** Settles when the row is amended. */
  readOn(rest: Promise<unknown>): void
}

type WithoutTime<T> = T extends unknown ? Omit<T, 'at'> : never

/** The events of an agent. Others report the beginning, the money and the ending. */
type AgentRunEvent = Exclude<
  RunEvent,
  { type: 'run' | 'estimate' | 'usage' | 'budget' | 'waiting' | 'error' | 'done' }
>

/** An event without a time happens now. */
export type NewEvent = RunEvent | WithoutTime<AgentRunEvent>

export function timed(event: NewEvent): RunEvent {
  return 'at' in event ? event : { ...event, at: timeNow() }
}

let latest = { ms: 0, iso: '' }

/** Written once a millisecond, however many events it brings. */
function timeNow(): string {
  const ms = Date.now()
  if (ms !== latest.ms) latest = { ms, iso: new Date(ms).toISOString() }
  return latest.iso
}

/**
 * Takes the events and items of a run and writes them in the order of the calls. Callers need not wait for a
 * write: if one fails, the run's signal aborts, because a reader would not see what happens.
 */
export interface RunSink {
  /** Resolves when the event is committed. */
  emit: (event: NewEvent) => Promise<void>
  storeItems: (items: Item[]) => Promise<void>
  /** Resolves when everything so far is written, and rejects if something could not be. */
  settled: () => Promise<void>
}

/** The items of nested runs, by the call that started them. */
export interface NestedItems {
  store: (parentCallId: string, items: Item[]) => Promise<void>
  read: (parentCallId: string) => Promise<Item[]>
}

/** A run that an earlier process has begun. */
interface ResumedRun {
  message: Message
  /** The items of its message. */
  items: Item[]
  /** Its events so far. */
  events: AsyncIterable<RunEvent>
  spentNanoUsd: number
}

export interface AgentRun extends RunSink {
  runId: string
  conversationId: string
  agent: string
  history: Item[]
  target: ModelTarget
  settings: ConversationSettings
  /** IANA name. */
  timeZone: string
  maxTurns: number
  idleTimeoutMs: number
  /** How long a model may send progress without text. Default: `idleTimeoutMs`. */
  answerTimeoutMs?: number
  ledger: CallLedger
  person: AskPerson
  nested: NestedItems
  /** Stores an output that is too long for the model, so that the user can read it. */
  storeOutput: (callId: string, output: string, parentCallId?: string) => Promise<void>
  /** Set if an earlier process began the run. */
  resumed?: ResumedRun
  user: { id: string; tier: string }
  flags: ReadonlySet<string>
  log: (message: string) => void
  /** Reports an unexpected error, whose text must not reach a reader. */
  onError: (error: unknown, at: string) => void
  searchMessages(query: string, limit: number): Promise<SearchHit[]>
  signal: AbortSignal
  /** Without it a stop always closes the connection. */
  counting?: Counting
  /** What the requests of the last answer of this branch left out. */
  leftOut?: LeftOut
  /** Called before each request with the tokens it has, estimated. Null: nothing was left out. */
  onFit?(tokens: number | null, leftOut: LeftOut, unsent: UnsentResult[]): void
}

/** A tool result of which a request carries less than there is. */
export interface UnsentResult {
  callId: string
  /** How many tokens less. Null if the request carries nothing of it. */
  tokens: number | null
}

/** What a request leaves out, because its model has no room for it. */
export interface LeftOut {
  /** Messages that are not sent. */
  messages: number
  /** Tool results that are sent shortened. */
  results: number
  /** Tokens saved, estimated. */
  tokens: number
}

export type RunOutcome =
  | { status: 'completed' | 'stopped'; reason?: StopReason }
  | { status: 'failed'; code: string; message: string; retryable: boolean }
