// The notices of a message: which replaces the one before, and what a guardrail takes back.
import type { Draft } from './draft-message.ts'
import { endReasoning } from './fold-text.ts'
import type { NoticeOf, NoticePart } from './message.ts'
import { guardrailSentence, heldSentence, warningSentence } from './notice-sentences.ts'
import type { EventOf } from './run-event.ts'

/** A notice without its `type`. */
type Untyped<Notice> = Notice extends NoticePart ? Omit<Notice, 'type'> : never

export function budgetNotice(event: EventOf<'budget'>): Untyped<NoticeOf<'budget'>> {
  const { type: _, parentCallId: __, at, percent, heldFor = [], ...use } = event
  if (percent === undefined) {
    return { kind: 'budget', text: heldSentence({ ...use, heldFor }), at, heldFor }
  }
  const warning = { ...use, percent }
  return { kind: 'budget', text: warningSentence(warning), at, warning }
}

export function applyGuardrail(draft: Draft, event: EventOf<'guardrail'>): void {
  if (!event.tripped) return
  const { at, name, stage, callId } = event
  if (stage === 'output') {
    draft.keep(({ type }) => type !== 'text' && type !== 'reasoning' && type !== 'output')
    draft.set({ withheld: true })
  }
  const text = guardrailSentence(event)
  addNotice(draft, { kind: 'guardrail', text, at, name, stage, ...(callId && { callId }) })
}

/** A retry notice replaces the previous one, and so does a notice about waiting for a budget. */
export function addNotice(draft: Draft, notice: Untyped<NoticePart>): void {
  const { last } = draft
  if (last?.type === 'notice' && isSameMatter(last, notice)) {
    return draft.replaceLast({ type: 'notice', ...notice })
  }
  endReasoning(draft, notice.at)
  draft.add({ type: 'notice', ...notice })
}

/** An error that repeats the reason of a retry replaces the notice of that retry. */
export function addError(draft: Draft, { at, code, message, retryable }: EventOf<'error'>): void {
  // A stored event is damaged; the run itself went on.
  if (code === 'damaged') return addNotice(draft, { kind: 'damaged', text: message, at })
  const { last } = draft
  const notice = { kind: 'error', text: message, at, code, retryable } as const
  if (last?.type !== 'notice' || last.kind !== 'retry' || last.text !== message) {
    return addNotice(draft, notice)
  }
  const { attempt } = last
  draft.replaceLast({ type: 'notice', ...notice, attempt })
}

function isSameMatter(last: NoticePart, next: Untyped<NoticePart>): boolean {
  if (next.kind === 'retry') return last.kind === 'retry'
  return isHeld(last) && isHeld(next)
}

function isHeld(notice: Untyped<NoticePart>): boolean {
  return notice.kind === 'budget' && notice.heldFor !== undefined
}

/** Removes the progress part, because newer events replace it. */
export function removeProgress(draft: Draft): void {
  const { last } = draft
  if (last?.type === 'notice' && last.kind === 'progress') draft.removeLast()
}
