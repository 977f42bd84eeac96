// How a run pauses until a person decides, as its agent sees it.
import type { Allowance } from '#shared/budgets.ts'
import type { ApprovalRequest, QuestionRequest, WaitAnswer } from '#shared/waits.ts'
import type { Steers } from './steers.ts'

type WithoutDeadline<Request> = Omit<Request, 'expiresAt' | 'spentNanoUsd' | 'argumentsHash'>

/** What a tool call asks a person. */
export type WaitRequest =
  | ({ kind: 'approval' } & WithoutDeadline<ApprovalRequest>)
  | ({ kind: 'question' } & WithoutDeadline<QuestionRequest>)

export interface WaitScope {
  parentCallId?: string | undefined
  /** The wait of an earlier process that the call goes on with. */
  resumes?: string | undefined
}

export type Decided = WaitAnswer & { decision: string; allowance?: Allowance }

/** Pauses a run until a person decides. */
export interface AskPerson {
  /** Resolves with the decision, which is in the log by then, or with null if the run is stopped first. */
  ask(request: WaitRequest, scope: WaitScope): Promise<Decided | null>
  /** True while the process ends and the run does not: a later process continues with its waits. */
  isLeaving: () => boolean
  /** Returns the decision of a rule, or null if the user has to decide. */
  ruleFor(request: WaitRequest & { kind: 'approval' }, scope: WaitScope): Promise<Decided | null>
  /** Messages from the user while the agent works. Absent if there can be none. */
  steers?: Steers
}
