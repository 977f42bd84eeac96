// The fold: run events in, one assistant message out. Pure, so that first view, reload, second
// tab, the stored message and the next model request cannot disagree. Every time and id it needs
// comes in the events.
import { allowanceWords, shortageSentence, warningSentence } from './budgets.ts'
import { NO_CALLS } from './ledger.ts'
import type { Message, MessagePart, NoticePart, ReasoningPart, ToolCallPart } from './message.ts'
import type { RunEvent, StoredRunEvent } from './run-event.ts'

export interface FoldedRun {
  /** The last seq applied; 0 before the first. */
  seq: number
  /** Null until seq 1, the `run` event, has been applied. */
  message: Message | null
}

export const NOTHING_FOLDED: FoldedRun = { seq: 0, message: null }

/** Applies the next event. An event whose seq was seen changes nothing, so replaying is harmless. */
export function foldRun(folded: FoldedRun, stored: StoredRunEvent): FoldedRun {
  if (stored.seq <= folded.seq) return folded
  return { seq: stored.seq, message: apply(folded.message, stored.event) }
}

export function foldAll(events: Iterable<StoredRunEvent>): FoldedRun {
  let folded = NOTHING_FOLDED
  for (const stored of events) folded = foldRun(folded, stored)
  return folded
}

function apply(message: Message | null, event: RunEvent): Message | null {
  if (event.type === 'run') {
    return {
      id: event.messageId,
      conversationId: event.conversationId,
      // The log does not carry the question; whoever stores or shows the message sets it.
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
  if (message === null) return null
  switch (event.type) {
    case 'token':
      return { ...message, parts: appendText(endReasoning(message.parts, event.at), event.delta) }
    case 'reasoning':
      return { ...message, parts: appendReasoning(message.parts, event.delta, event.at) }
    case 'tool_call':
      return { ...message, parts: applyToolCall(endReasoning(message.parts, event.at), event) }
    case 'tool_result':
      return {
        ...message,
        parts: patchTool(message.parts, event.callId, {
          status: event.status === 'ok' ? 'done' : event.status,
          output: event.output,
          durationMs: event.durationMs,
        }),
      }
    case 'agent':
      return addNotice(message, {
        kind: 'handoff',
        text: `${event.previous} handed over to ${event.name}.`,
        at: event.at,
      })
    case 'retry':
      return addNotice(message, {
        kind: 'retry',
        text: event.reason,
        at: event.at,
        until: new Date(Date.parse(event.at) + event.delayMs).toISOString(),
        attempt: event.attempt,
      })
    case 'usage':
      return { ...message, totals: event.run }
    case 'budget': {
      const { type: _, at, ...warning } = event
      return addNotice(message, { kind: 'budget', text: warningSentence(warning), at, warning })
    }
    case 'waiting':
      return addNotice(message, waitingNotice(event))
    case 'decision':
      return addNotice(
        { ...message, parts: markDecided(message.parts, event) },
        { kind: 'decision', text: decisionSentence(event), at: event.at, waitId: event.waitId },
      )
    case 'error':
      return addNotice(message, {
        kind: 'error',
        text: event.message,
        at: event.at,
        code: event.code,
        retryable: event.retryable,
      })
    case 'done':
      return {
        ...message,
        status: event.status,
        totals: event.totals,
        parts: endReasoning(message.parts, event.at).map(closeTool),
      }
  }
}

type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>

function waitingNotice(event: EventOf<'waiting'>): Omit<NoticePart, 'type'> {
  const { at, waitId } = event
  if (event.kind !== 'budget') return { kind: 'waiting', text: event.kind, at, waitId }
  const { type: _, kind: __, at: ___, waitId: ____, ...shortage } = event
  return { kind: 'waiting', text: shortageSentence(shortage), at, waitId, shortage }
}

function markDecided(
  parts: MessagePart[],
  { waitId, decision }: EventOf<'decision'>,
): MessagePart[] {
  return parts.map((part) =>
    part.type === 'notice' && part.kind === 'waiting' && part.waitId === waitId
      ? { ...part, decision }
      : part,
  )
}

function decisionSentence({ decision, allowance }: EventOf<'decision'>): string {
  if (decision === 'stop') return 'Stopped here.'
  if (decision !== 'continue') return decision
  const words = allowance === undefined ? null : allowanceWords(allowance)
  return words === null ? 'Continued.' : `Continued, for ${words}.`
}

function appendText(parts: MessagePart[], delta: string): MessagePart[] {
  const last = parts.at(-1)
  if (last?.type !== 'text') return [...parts, { type: 'text', text: delta }]
  return [...parts.slice(0, -1), { type: 'text', text: last.text + delta }]
}

function appendReasoning(parts: MessagePart[], delta: string, at: string): MessagePart[] {
  const last = parts.at(-1)
  if (last?.type === 'reasoning' && last.endedAt === null) {
    return [...parts.slice(0, -1), { ...last, text: last.text + delta }]
  }
  const part: ReasoningPart = { type: 'reasoning', text: delta, startedAt: at, endedAt: null }
  return [...parts, part]
}

function endReasoning(parts: MessagePart[], at: string): MessagePart[] {
  const last = parts.at(-1)
  if (last?.type !== 'reasoning' || last.endedAt !== null) return parts
  return [...parts.slice(0, -1), { ...last, endedAt: at }]
}

function applyToolCall(
  parts: MessagePart[],
  event: Extract<RunEvent, { type: 'tool_call' }>,
): MessagePart[] {
  const known = parts.some((part) => part.type === 'tool_call' && part.callId === event.callId)
  const opened: MessagePart[] = known
    ? parts
    : [
        ...parts,
        {
          type: 'tool_call',
          callId: event.callId,
          name: event.name,
          agent: event.agent,
          status: 'preparing',
          arguments: '',
          output: null,
          startedAt: null,
          durationMs: null,
        },
      ]
  switch (event.phase) {
    case 'arguments':
      return patchTool(opened, event.callId, (tool) => ({
        arguments: tool.arguments + event.delta,
      }))
    case 'ready':
      return patchTool(opened, event.callId, { arguments: event.arguments })
    case 'running':
      return patchTool(opened, event.callId, { status: 'running', startedAt: event.at })
  }
}

type ToolPatch = Partial<ToolCallPart>

function patchTool(
  parts: MessagePart[],
  callId: string,
  patch: ToolPatch | ((tool: ToolCallPart) => ToolPatch),
): MessagePart[] {
  return parts.map((part) =>
    part.type === 'tool_call' && part.callId === callId
      ? { ...part, ...(typeof patch === 'function' ? patch(part) : patch) }
      : part,
  )
}

/** A run that ended leaves no tool open: a started one has an unknown outcome, an unstarted one did not run. */
function closeTool(part: MessagePart): MessagePart {
  if (part.type !== 'tool_call') return part
  if (part.status === 'running') return { ...part, status: 'unknown' }
  return part.status === 'preparing' ? { ...part, status: 'failed' } : part
}

/** A retry replaces the notice of the retry before it. */
function addNotice(message: Message, notice: Omit<NoticePart, 'type'>): Message {
  const last = message.parts.at(-1)
  const replaces = notice.kind === 'retry' && last?.type === 'notice' && last.kind === 'retry'
  const parts = replaces ? message.parts.slice(0, -1) : endReasoning(message.parts, notice.at)
  return { ...message, parts: [...parts, { type: 'notice', ...notice }] }
}
