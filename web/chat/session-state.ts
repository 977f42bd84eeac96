// The run of one conversation as this page knows it, as a pure state machine. It leaves `idle` with a
// submit, or with a run that the stored conversation names, and comes back to it when the stored
// conversation shows the end. `run-session.ts` performs the effects.
import type { FilePart } from '#shared/message.ts'
import type { Conversation } from '#shared/api.ts'
import type { StopMode } from '#shared/stop-run.ts'
import { ApiError } from '../api/request.ts'
import type { Failure } from './drafts.ts'
import type { Submission } from './outbox.ts'
import { t } from '#shared/translate.ts'

/** A submit that the stored conversation does not show yet. */
export interface Pending {
  submission: Submission
  sentAt: string
}

interface Sending {
  phase: 'sending'
  pending: Pending
  /** The submit created its conversation. */
  created: boolean
  /** An attempt got no answer, so that to stop is to cancel. */
  unanswered: boolean
  /** How to stop the run as soon as it is accepted. Null if it is not to be stopped. */
  requestedStop: RequestedStop | null
}

type RequestedStop = Pick<EventOf<'stop'>, 'mode'>

interface Following {
  /** `ended`: there is nothing more to read, and the stored conversation may not show the end yet. */
  phase: 'running' | 'ended'
  /** Null for a run that the stored conversation shows. */
  pending: Pending | null
  runId: string
  stopping: boolean
}

export type SessionState = { phase: 'idle'; pending: null } | Sending | Following

export type SessionEvent =
  /** `endsWait`: the run waits for a decision, and this message ends the wait. */
  | { type: 'submit'; submission: Submission; at: string; endsWait: boolean }
  | { type: 'created'; conversationId: string }
  | { type: 'unanswered' }
  | { type: 'accepted'; runId: string }
  /** `error` is null when the submit was cancelled. */
  | { type: 'refused'; error: unknown }
  | { type: 'stop'; mode?: StopMode | undefined }
  | { type: 'stop_failed'; error: Error }
  /** The stored conversation was read, and is on the screen. */
  | { type: 'loaded'; conversation: Conversation }
  | { type: 'ended' }
  /** The conversation has not been on the screen for a while. */
  | { type: 'unwatched' }

export type SessionEffect =
  /** Queue a message until the current answer ends. */
  | { type: 'queue'; submission: Submission }
  /** Send it again and again until it is answered. */
  | { type: 'send'; submission: Submission }
  /** Put the answer so far of a run that is no longer followed into the loaded data. */
  | { type: 'keep_answer' }
  | { type: 'cancel' }
  /** Keep it in the outbox. */
  | { type: 'keep'; submission: Submission }
  | { type: 'acknowledge'; key: string }
  /** Follow a run from what `conversation` holds of it; null: from its beginning. */
  | { type: 'follow'; runId: string; conversation: Conversation | null }
  | { type: 'stop'; runId: string; mode?: StopMode | undefined }
  /** Put what the run made into the loaded data, and read the rest again. */
  | { type: 'settle' }
  | { type: 'reload' }
  /** `editedId`: it is a new version of this message. */
  | { type: 'restore_draft'; text: string; files: FilePart[]; editedId?: string | undefined }
  | { type: 'fail'; failure: Failure }
  /** Delete the conversation that was created for a submit that was refused. */
  | { type: 'discard' }

type Transition = [SessionState, ...SessionEffect[]]

export const IDLE: SessionState = { phase: 'idle', pending: null }

export function transition(state: SessionState, event: SessionEvent): Transition {
  switch (event.type) {
    case 'submit':
      return submit(state, event)
    case 'created':
    case 'unanswered':
    case 'accepted':
    case 'refused':
      return state.phase === 'sending' ? answer(state, event) : [state]
    case 'stop':
      return stop(state, event.mode)
    case 'stop_failed':
      if (state.phase === 'idle' || state.phase === 'sending') return [state]
      return [{ ...state, stopping: false }, fail({ message: event.error.message })]
    case 'loaded':
      return state.phase === 'sending' ? [state] : load(state, event.conversation)
    case 'ended':
      return state.phase === 'running'
        ? [{ ...state, phase: 'ended' }, { type: 'settle' }]
        : [state]
    case 'unwatched':
      // The submission stays until the conversation shows it.
      return state.pending === null ? [IDLE] : [state]
  }
}

function submit(state: SessionState, event: EventOf<'submit'>): Transition {
  const { submission, at, endsWait } = event
  if (state.phase === 'sending' || (state.phase === 'running' && !endsWait)) {
    return goesToEnd(submission) ? [state, { type: 'queue', submission }] : [state]
  }
  const pending = { submission, sentAt: at }
  return [
    { phase: 'sending', pending, created: false, unanswered: false, requestedStop: null },
    ...(state.phase === 'running' ? [{ type: 'keep_answer' } as const] : []),
    { type: 'keep', submission },
    { type: 'send', submission },
  ]
}

/** Neither another answer nor a new version of a message. */
function goesToEnd({ text, editOf }: Submission): boolean {
  return text !== null && editOf === undefined
}

function answer(state: Sending, event: EventOf<Answer>): Transition {
  const { submission, sentAt } = state.pending
  switch (event.type) {
    case 'created': {
      const placed = { ...submission, conversationId: event.conversationId }
      const pending = { submission: placed, sentAt }
      return [
        { ...state, pending, created: true },
        { type: 'keep', submission: placed },
      ]
    }
    case 'unanswered':
      return [{ ...state, unanswered: true }]
    case 'accepted': {
      const { runId } = event
      const { pending, requestedStop } = state
      return [
        { phase: 'running', pending, runId, stopping: requestedStop !== null },
        { type: 'acknowledge', key: submission.key },
        { type: 'follow', runId, conversation: null },
        ...(requestedStop === null ? [] : [{ type: 'stop', runId, ...requestedStop } as const]),
        { type: 'reload' },
      ]
    }
    case 'refused':
      return [IDLE, ...afterRefusal(state, event.error)]
  }
}

function afterRefusal({ pending, created }: Sending, error: unknown): SessionEffect[] {
  const { key, text, files = [], editOf, choice } = pending.submission
  const acknowledge: SessionEffect = { type: 'acknowledge', key }
  // Gone (410): accepted so long ago that its events are no longer kept, only what came of it.
  if (error instanceof ApiError && error.status === 410) return [acknowledge, { type: 'reload' }]
  // An answer has begun elsewhere.
  const isBusy = error instanceof ApiError && error.code === 'run_active'
  if (isBusy && goesToEnd(pending.submission)) {
    return [{ type: 'queue', submission: pending.submission }, { type: 'reload' }]
  }
  return [
    acknowledge,
    ...(text === null
      ? []
      : [
          {
            type: 'restore_draft',
            text,
            files: editOf ? [] : files,
            editedId: editOf?.messageId,
          } as const,
        ]),
    ...(error === null ? [] : [fail(failureOf(error, choice.provider ?? null))]),
    { type: created ? 'discard' : 'reload' },
  ]
}

function stop(state: SessionState, mode: StopMode | undefined): Transition {
  switch (state.phase) {
    case 'sending':
      return state.unanswered
        ? [state, { type: 'cancel' }]
        : [{ ...state, requestedStop: { mode } }]
    case 'running':
      return [
        { ...state, stopping: true },
        { type: 'stop', runId: state.runId, mode },
      ]
    case 'idle':
    case 'ended':
      return [state]
  }
}

function load(state: Exclude<SessionState, Sending>, conversation: Conversation): Transition {
  const { activeRunId } = conversation
  if (state.phase !== 'idle') {
    if (state.pending !== null && !holdsRun(conversation, state.runId)) return [state]
    // An ended run can still be the active one of a conversation that was read before.
    if (state.runId === activeRunId)
      return [state.pending === null ? state : { ...state, pending: null }]
  }
  const settle: SessionEffect[] = state.phase === 'running' ? [{ type: 'settle' }] : []
  if (activeRunId === null) return state.phase === 'idle' ? [state] : [IDLE, ...settle]
  return [
    { phase: 'running', pending: null, runId: activeRunId, stopping: false },
    ...settle,
    { type: 'follow', runId: activeRunId, conversation },
  ]
}

/** Whether the stored conversation shows a run. */
function holdsRun({ activeRunId, messages }: Conversation, runId: string): boolean {
  return activeRunId === runId || messages.some((message) => message.runId === runId)
}

function fail(failure: Failure): SessionEffect {
  return { type: 'fail', failure }
}

function failureOf(error: unknown, provider: string | null): Failure {
  if (error instanceof ApiError) {
    return { message: error.message, code: error.code, provider: error.provider ?? provider }
  }
  return { message: t`This page broke while it was sending. Reload it; your text is kept.` }
}

/** Null while no run has been accepted. */
export function runIdOf(state: SessionState): string | null {
  return 'runId' in state ? state.runId : null
}

type Answer = 'created' | 'unanswered' | 'accepted' | 'refused'
type EventOf<Type extends SessionEvent['type']> = Extract<SessionEvent, { type: Type }>
