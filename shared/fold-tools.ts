// What tool calls, and the waits and decisions about them, change in a message.
import type { Draft } from './draft-message.ts'
import { addNotice } from './fold-notices.ts'
import type { MessagePart, ToolCallPart } from './message.ts'
import { decisionSentence, shortageSentence } from './notice-sentences.ts'
import type { EventOf } from './run-event.ts'

export function applyToolCall(draft: Draft, event: EventOf<'tool_call'>): void {
  const { callId, name, agent } = event
  const known = draft.tool(callId)
  // Some servers use the id of an earlier call again.
  if (known === undefined || hasEnded(known)) {
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
      return draft.patchTool(callId, () => ({
        status: 'running',
        startedAt: event.at,
        ...(event.label !== undefined && { pendingLabel: event.label }),
      }))
    case 'progress':
      return draft.patchTool(callId, () => ({ progress: event.text }))
  }
}

export function applyWaiting(draft: Draft, event: EventOf<'waiting'>): void {
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

export function applyDecision(draft: Draft, event: EventOf<'decision'>): void {
  const { at, waitId, decision, allowance: _, type: __, parentCallId: ___, ...answer } = event
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
  if (approval !== undefined && approval.waitId !== waitId && answer.by !== 'rule') return
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

function hasEnded({ status }: ToolCallPart): boolean {
  return status === 'done' || status === 'denied' || status === 'failed' || status === 'unknown'
}

/** Ends open tools when the run ends: a started one is `unknown`, an unstarted one `failed`. */
export function closeTool(part: MessagePart): MessagePart {
  if (part.type !== 'tool_call') return part
  if (part.status === 'running') return { ...part, status: 'unknown' }
  const isOpen = part.status === 'preparing' || part.status === 'waiting'
  return isOpen ? { ...part, status: 'failed' } : part
}
