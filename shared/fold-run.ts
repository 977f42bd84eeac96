// Folds run events into one assistant message. Pure, so that the first view, a reload, a second tab,
// the stored message and the next model request always agree. Every time and id comes from the events.
import { Draft } from './draft-message.ts'
import { NO_CALLS } from './ledger.ts'
import type { Message, MessagePart, NoticeOf, NoticePart } from './message.ts'
import {
  contextSentence,
  decisionSentence,
  guardrailSentence,
  handoffSentence,
  heldSentence,
  progressSentence,
  STOP_SENTENCES,
  shortageSentence,
  warningSentence,
} from './notice-sentences.ts'
import type { RunEvent, StoredRunEvent } from './run-event.ts'
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
        addNotice(draft, { kind: 'stopped', text: STOP_SENTENCES[event.reason], at: event.at })
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
    if (draft.message?.pending?.modelCallId === event.call.id) draft.set({ pending: undefined })
    return
  }
  const { type: _, at: __, parentCallId: ___, ...estimate } = event
  draft.set({ pending: { ...estimate, charsBefore: writtenChars(draft.parts) } })
}

/** Removes the progress part, because newer events replace it. */
function removeProgress(draft: Draft): void {
  const { last } = draft
  if (last?.type === 'notice' && last.kind === 'progress') draft.removeLast()
}

function emptyMessage(event: EventOf<'run'>): Message {
  return {
    id: event.messageId,
    conversationId: event.conversationId,
    // The log does not contain the question; whoever stores or shows the message sets the parent.
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

/** A notice without its `type`. */
type Untyped<Notice> = Notice extends NoticePart ? Omit<Notice, 'type'> : never
type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>

function budgetNotice(event: EventOf<'budget'>): Untyped<NoticeOf<'budget'>> {
  const { type: _, parentCallId: __, at, percent, heldFor = [], ...use } = event
  if (percent === undefined) {
    return { kind: 'budget', text: heldSentence({ ...use, heldFor }), at, heldFor }
  }
  const warning = { ...use, percent }
  return { kind: 'budget', text: warningSentence(warning), at, warning }
}

function applyWaiting(draft: Draft, event: EventOf<'waiting'>): void {
  if (event.kind === 'budget') {
    const { at, waitId, type: _, kind: __, parentCallId: ___, ...shortage } = event
    const text = shortageSentence(shortage)
    return addNotice(draft, { kind: 'waiting', text, at, waitId, shortage })
  }
  if (event.kind === 'approval') {
    const {
      type: _,
      kind: __,
      parentCallId: ___,
      callId,
      name: ____,
      agent: _____,
      ...rest
    } = event
    return draft.patchTool(callId, () => ({ status: 'waiting', approval: rest }))
  }
  const { type: _, kind: __, parentCallId: ___, callId, agent: ____, ...rest } = event
  draft.patchTool(callId, () => ({ status: 'waiting', question: rest }))
}

function applyDecision(draft: Draft, event: EventOf<'decision'>): void {
  const { at, waitId, decision, allowance, type: _, parentCallId: __, ...answer } = event
  const tool = answer.callId === undefined ? undefined : draft.tool(answer.callId)
  if (tool === undefined) {
    markDecided(draft, event)
    return addNotice(draft, { kind: 'decision', text: decisionSentence(event), at, waitId })
  }
  const taken = { decision, ...answer }
  const { question, approval } = tool
  if (question?.waitId === waitId) {
    return draft.patchTool(tool.callId, () => ({ question: { ...question, answer: taken } }))
  }
  // A rule decides without anybody being asked.
  const asked = approval ?? {
    waitId,
    at,
    arguments: tool.arguments,
    argumentsHash: '',
    expiresAt: at,
  }
  draft.patchTool(tool.callId, () => ({ approval: { ...asked, answer: taken } }))
}

function markDecided(draft: Draft, { waitId, decision }: EventOf<'decision'>): void {
  draft.each((part) =>
    part.type === 'notice' && part.kind === 'waiting' && part.waitId === waitId
      ? { ...part, decision }
      : part,
  )
}

function applyGuardrail(draft: Draft, event: EventOf<'guardrail'>): void {
  if (!event.tripped) return
  const { at, name, stage, callId } = event
  if (stage === 'output') {
    draft.keep(({ type }) => type !== 'text' && type !== 'reasoning' && type !== 'output')
    draft.set({ withheld: true })
  }
  const text = guardrailSentence(event)
  addNotice(draft, { kind: 'guardrail', text, at, name, stage, ...(callId && { callId }) })
}

function appendText(draft: Draft, delta: string): void {
  const { last } = draft
  if (last?.type !== 'text') return draft.add({ type: 'text', text: delta })
  draft.replaceLast({ type: 'text', text: last.text + delta })
}

function appendReasoning(draft: Draft, delta: string, at: string): void {
  const { last } = draft
  if (last?.type === 'reasoning' && last.endedAt === null) {
    return draft.replaceLast({ ...last, text: last.text + delta })
  }
  draft.add({ type: 'reasoning', text: delta, startedAt: at, endedAt: null })
}

function endReasoning(draft: Draft, at: string): void {
  const { last } = draft
  if (last?.type !== 'reasoning' || last.endedAt !== null) return
  draft.replaceLast({ ...last, endedAt: at })
}

function applyToolCall(draft: Draft, event: EventOf<'tool_call'>): void {
  const { callId, name, agent } = event
  if (draft.tool(callId) === undefined) {
    draft.add({
      type: 'tool_call',
      callId,
      name,
      agent,
      status: 'preparing',
      arguments: '',
      output: null,
      startedAt: null,
      durationMs: null,
    })
  }
  switch (event.phase) {
    case 'arguments':
      return draft.patchTool(callId, (tool) => ({ arguments: tool.arguments + event.delta }))
    case 'ready':
      return draft.patchTool(callId, () => ({ arguments: event.arguments }))
    case 'running':
      return draft.patchTool(callId, () => ({ status: 'running', startedAt: event.at }))
    case 'progress':
      return draft.patchTool(callId, () => ({ progress: event.text }))
  }
}

/** Ends open tools when the run ends: a started one is `unknown`, an unstarted one `failed`. */
function closeTool(part: MessagePart): MessagePart {
  if (part.type !== 'tool_call') return part
  if (part.status === 'running') return { ...part, status: 'unknown' }
  const isOpen = part.status === 'preparing' || part.status === 'waiting'
  return isOpen ? { ...part, status: 'failed' } : part
}

/** A retry notice replaces the previous one, and so does a notice about waiting for a budget. */
function addNotice(draft: Draft, notice: Untyped<NoticePart>): void {
  const { last } = draft
  if (last?.type === 'notice' && isSameMatter(last, notice)) {
    return draft.replaceLast({ type: 'notice', ...notice })
  }
  endReasoning(draft, notice.at)
  draft.add({ type: 'notice', ...notice })
}

/** An error that repeats the reason of a retry replaces the notice of that retry. */
function addError(draft: Draft, { at, code, message, retryable }: EventOf<'error'>): void {
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
