// The parts of runs. The server assembles the real ones; a test replaces the model.
import type { ConversationSettings, Run } from '#shared/api.ts'
import type { SendFile } from '#shared/files.ts'
import type { SearchHit } from '#shared/search.ts'
import type { Totals } from '#shared/ledger.ts'
import type { Message } from '#shared/message.ts'
import type { EventOf } from '#shared/run-event.ts'
import type { CallEstimate } from '#shared/pending-call.ts'
import type { FindTool } from '../rules/rule-tool.ts'
import type { TextsOf } from '../runtime/agent-texts.ts'
import type { TitleRequest } from '../runtime/title.ts'
import type { AttachedFiles } from '../upstream/attached-files.ts'
import type { AgentRun, RunOutcome, RunSink } from '../upstream/agent-run.ts'
import type { CallLedger, CallStart, ModelTarget } from '../upstream/types.ts'
import type { BudgetGuard } from '../budgets/budget-guard.ts'
import type { Database } from '../db/open.ts'
import type { Log } from '../log/log.ts'
import type { ActiveRuns } from './active-runs.ts'
import type { EventLog } from './event-log.ts'
import type { Waits } from './waits.ts'

export interface RunLedger extends Omit<Required<CallLedger>, 'admit'> {
  estimate: (call: CallStart, target: ModelTarget, inputTokens: number) => CallEstimate
  /** Of all runs of its message. */
  runTotals: (runId: string) => Promise<Totals>
  /** Of this run alone, in nano-dollars. */
  costOfRun: (runId: string) => Promise<number>
  conversationTotals: (conversationId: string) => Promise<Totals>
}

export interface RunParts {
  db: Database
  log: EventLog
  active: ActiveRuns
  ledger: RunLedger
  /** Admits requests that fit the budgets. */
  budgetGuard: BudgetGuard
  waits: Waits
  /** How long a run waits for a person. */
  waitMs: number
  lines: Pick<Log, 'run' | 'fault' | 'note'>
  maxTurns: number
  idleTimeoutMs: number
  answerTimeoutMs?: number
  runAgent: (run: AgentRun) => Promise<RunOutcome>
  /** Checks the part of an answer that an earlier process left. */
  checkLeft?: (message: Message, output: RunSink) => Promise<void>
  /** Summarizes the older messages of a conversation where its settings ask for it. */
  summarize?: (conversationId: string) => Promise<void>
  /** Returns null if no model can write one. The first words then stay the title. */
  makeTitle: (request: TitleRequest) => Promise<string | null>
  searchMessages: (query: string, limit: number, signal: AbortSignal) => Promise<SearchHit[]>
  /** Reads files for a message. Throws the problem that says why one cannot be sent. */
  attach: (files: SendFile[]) => Promise<AttachedFiles>
  /** Throws the problem that names what does not exist. Null: the default. */
  findTarget: (wanted: {
    provider: string | null
    model: string | null
  }) => ModelTarget | Promise<ModelTarget>
  /** Returns the texts that every request of an agent carries. */
  textsOf: TextsOf
  /** Throws when there is no such agent. */
  checkAgent: (name: string) => void
  /** Returns what is wrong with the arguments of a tool (JSON text), or null. */
  checkArguments: (agent: string, tool: string, args: string) => string | null
  findTool: FindTool
  /** Returns the agent that a rule chooses for the first message of a conversation, or null. */
  route: (agent: string, run: Pick<AgentRun, 'user' | 'flags'>, message: string) => Routed | null
  user: AgentRun['user']
  flags: AgentRun['flags']
  /** New messages can be indexed. */
  onMessages: () => void
  /** A run of this conversation has its ending. */
  onEnded: (conversationId: string) => void
}

export interface Routed {
  agent: string
  rule: string
}

export interface StartedRun {
  run: Run
  target: ModelTarget
  settings: ConversationSettings
  timeZone: string
  /** Set if the run began in an earlier process and was waiting. */
  goesOn?: true
  /** Another agent than before answers. */
  opening?: EventOf<'agent'>
  /** Resolves when the run that this one replaces has its ending. */
  after?: Promise<void>
}
