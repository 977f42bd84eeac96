// Folds run events into one assistant message. Pure, so that the first view, a reload, a second tab,
// the stored message and the next model request always agree. Every time and id comes from the events.
import { Draft } from './draft-message.ts'
import {
  addError,
  addNotice,
  applyGuardrail,
  budgetNotice,
  removeProgress,
} from './fold-notices.ts'
import { appendReasoning, appendText, endReasoning, removeJson } from './fold-text.ts'
import { applyDecision, applyToolCall, applyWaiting, closeTool } from './fold-tools.ts'
import { addCall, NO_CALLS } from './ledger.ts'
import type { Message } from './message.ts'
import {
  contextSentence,
  handoffSentence,
  progressSentence,
  stopSentence,
} from './notice-sentences.ts'
import type { EventOf, RunEvent, StoredRunEvent } from './run-event.ts'
import { writtenChars } from './totals-so-far.ts'

export interface FoldedRun {
  /** The last seq applied. 0 before the first. */
  seq: number
  /** Null until the `run` event (seq 1) has been applied. */
  message: Message | null
}

export const NOTHING_FOLDED: FoldedRun = { seq: 0, message: null }

/** Applies one event. An event whose seq was already applied changes nothing. */
export function foldRun(folded: FoldedRun, stored: StoredRunEvent): FoldedRun {
  return foldOn(folded, [stored])
}

/** Folds a log from its first event. */
export function foldAll(events: Iterable<StoredRunEvent>): FoldedRun {
  return foldOn(NOTHING_FOLDED, events)
}

/** Applies many events: the parts are copied only once. */
export function foldOn(folded: FoldedRun, events: Iterable<StoredRunEvent>): FoldedRun {
  let { seq } = folded
  const draft = new Draft(folded.message)
  for (const stored of events) {
    if (stored.seq <= seq) continue
    seq = stored.seq
    apply(draft, stored.event)
  }
  return seq === folded.seq ? folded : { seq, message: draft.finish() }
}

function apply(message: Draft, event: RunEvent): void {
  if (event.type === 'run') return message.begin(emptyMessage(event))
  if (message.message === null) return
  if (event.type === 'estimate' || event.type === 'usage') return applyCost(message, event)
  const draft = draftOf(message, event)
  if (draft === undefined) return
  removeProgress(draft)
  switch (event.type) {
    case 'token':
      endReasoning(draft, event.at)
      return appendText(draft, event.delta)
    case 'reasoning':
      return appendReasoning(draft, event.delta, event.at)
    case 'tool_call':
      endReasoning(draft, event.at)
      return applyToolCall(draft, event)
    case 'tool_result':
      return draft.patchTool(event.callId, () => ({
        status: event.status === 'ok' ? 'done' : event.status,
        output: event.output,
        durationMs: event.durationMs,
        progress: undefined,
        ...(event.label !== undefined && { label: event.label }),
        ...(event.wholeChars !== undefined && { wholeChars: event.wholeChars }),
        ...(event.files !== undefined && { files: event.files }),
      }))
    case 'agent': {
      if (draft === message) draft.set({ agent: event.name })
      const { at, name, by = 'handoff', rule } = event
      const notice = { kind: 'handoff', text: handoffSentence(event), at, agent: name, by } as const
      return addNotice(draft, { ...notice, ...(rule !== undefined && { rule }) })
    }
    case 'guardrail':
      return applyGuardrail(draft, event)
    case 'steer':
      return addNotice(draft, { kind: 'steer', text: event.text, at: event.at })
    case 'output':
      endReasoning(draft, event.at)
      removeJson(draft)
      return draft.add({ type: 'output', schema: event.schema, value: event.value })
    case 'context': {
      const { at, kind: change, messages, tokens, results } = event
      const text = contextSentence(event)
      const saved = { change, messages, tokens, ...(results !== undefined && { results }) }
      return addNotice(draft, { kind: 'context', text, at, ...saved })
    }
    case 'retry':
      return addNotice(draft, {
        kind: 'retry',
        text: event.reason,
        at: event.at,
        until: new Date(Date.parse(event.at) + event.delayMs).toISOString(),
        attempt: event.attempt,
      })
    case 'progress':
      return addNotice(draft, {
        kind: 'progress',
        text: progressSentence(event.progress),
        at: event.at,
      })
    case 'budget':
      return addNotice(draft, budgetNotice(event))
    case 'waiting':
      return applyWaiting(draft, event)
    case 'decision':
      return applyDecision(draft, event)
    case 'error':
      return addError(draft, event)
    case 'done':
      endReasoning(draft, event.at)
      draft.each(closeTool)
      if (event.reason !== undefined && event.reason !== 'guardrail') {
        addNotice(draft, { kind: 'stopped', text: stopSentence(event.reason), at: event.at })
      }
      return draft.set({ status: event.status, totals: event.totals, pending: undefined })
  }
}

/** The money of a nested run is the run's; what it says and does stays inside its call. */
function draftOf(message: Draft, event: RunEvent): Draft | undefined {
  const isOfRun = event.type === 'budget' || (event.type === 'waiting' && event.kind === 'budget')
  if (isOfRun || !('parentCallId' in event) || event.parentCallId === undefined) return message
  return message.nestedRun(event.parentCallId)
}

function applyCost(draft: Draft, event: EventOf<'estimate'> | EventOf<'usage'>): void {
  if (event.type === 'usage') {
    draft.set({ totals: event.run })
    if (event.parentCallId !== undefined) {
      const nested = draft.nestedRun(event.parentCallId)
      nested?.set({ totals: addCall(nested.message?.totals ?? NO_CALLS, event.call) })
    }
    // A refused request is asked again, or ends the run: its estimate stays for the next one.
    const isOver = event.call.priceId !== 'refused'
    if (isOver && draft.message?.pending?.modelCallId === event.call.id) {
      draft.set({ pending: undefined })
    }
    return
  }
  const { type: _, at: __, parentCallId: ___, ...estimate } = event
  draft.set({ pending: { ...estimate, charsBefore: writtenChars(draft.parts) } })
}

function emptyMessage(event: EventOf<'run'>): Message {
  return {
    id: event.messageId,
    conversationId: event.conversationId,
    // The log does not contain the question; the caller that stores or shows the message sets the parent.
    parentId: null,
    role: 'assistant',
    status: 'running',
    parts: [],
    createdAt: event.at,
    runId: event.runId,
    agent: event.agent,
    provider: event.provider,
    model: event.model,
    totals: NO_CALLS,
  }
}
