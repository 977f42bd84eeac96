// How a run stands still for a person, as its agent sees it.
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

/** Where a run stands still for a person. */
export interface AskPerson {
  /** Resolves when it is decided; null: the run is stopped first. The decision is in the log by then. */
  ask(request: WaitRequest, scope: WaitScope): Promise<Decided | null>
  /** The process ends and the run does not: what waits goes on in a later process. */
  isLeaving: () => boolean
  /** The rule that decides in the person's place; null: the person is asked. */
  ruleFor(request: WaitRequest & { kind: 'approval' }, scope: WaitScope): Promise<Decided | null>
  /** What is said without being asked. Absent: nobody can. */
  steers?: Steers
}
