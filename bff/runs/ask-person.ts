// How a tool call asks a person: it writes the wait to the log, pauses without holding any resources, and continues
// with the decision, in this process or a later one.
import { createHash } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import type { Run } from '#shared/api.ts'
import type { MessagePart } from '#shared/message.ts'
import type { EventOf, RunEvent } from '#shared/run-event.ts'
import type { AskPerson, Decided, WaitScope, WaitRequest } from '../upstream/ask-person.ts'
import type { RunParts } from './run-parts.ts'
import { whyNot, isTooWide } from '../rules/match-rule.ts'
import { rulesFor, useRule } from '../rules/rule-store.ts'
import { findWait, type StoredWait, takeWait } from './wait-store.ts'

export type AskParts = Pick<RunParts, 'db' | 'active' | 'waits' | 'log' | 'waitMs' | 'findTool'>

export function askPerson(
  parts: AskParts,
  run: Run,
  emit: (event: RunEvent) => Promise<void>,
  stop: AbortSignal,
): AskPerson {
  return {
    ask: async (request, scope) => {
      const { waits, log } = parts
      // Registered before the row is read, so that no decision falls in between.
      const resumed =
        scope.resumes && waits.decision({ runId: run.id, waitId: scope.resumes }, stop)
      const known = scope.resumes ? await sameWait(parts, run, scope.resumes, request) : null
      if (scope.resumes && (known === null || known.decided !== null)) waits.forget(scope.resumes)
      if (known?.decided) {
        await tellDecision(known, log.folded(run.id)?.message?.parts ?? [], emit)
        return known.decided
      }
      if (known !== null && resumed) return resumed
      const waitId = known?.id ?? uuid()
      const decision = waits.decision({ runId: run.id, waitId }, stop)
      if (known === null) await emit(waitingEvent(parts, run, waitId, request, scope))
      return decision
    },
    isLeaving: () => parts.active.ending.aborted && parts.waits.has(run.id),
    ruleFor: async (request, { parentCallId }) => {
      const ruleId = await ruleThatAllows(parts, run, request)
      if (ruleId === undefined) return null
      const { callId } = request
      const decided: Decided = { decision: 'approve', by: 'rule', ruleId, callId }
      const at = new Date().toISOString()
      const nested = parentCallId === undefined ? {} : { parentCallId }
      await emit({ type: 'decision', at, waitId: uuid(), ...decided, ...nested })
      return decided
    },
  }
}

/** Rules see the arguments as the tool reads them, so they are about what would really happen. */
async function ruleThatAllows(
  { db, findTool }: AskParts,
  { conversationId }: Run,
  request: WaitRequest & { kind: 'approval' },
): Promise<string | undefined> {
  const { name, agent } = request
  const rules = await rulesFor(db, { conversationId, tool: name, agent }, new Date())
  const tool = rules.length === 0 ? undefined : findTool(agent, name)
  if (tool === undefined) return undefined
  const call = { conversationId, input: tool.read(request.arguments) }
  for (const rule of rules) {
    const allows = !isTooWide(rule, tool) && whyNot(rule, call) === null
    if (allows && (await useRule(db, rule, new Date()))) return rule.id
  }
  return undefined
}

/** A decision is valid for exactly the arguments that were shown; others need a new decision. */
async function sameWait(
  { db }: AskParts,
  run: Run,
  waitId: string,
  request: WaitRequest,
): Promise<StoredWait | null> {
  const wait = await findWait(db, run.id, waitId)
  if (wait === null || wait.request.kind !== request.kind) return null
  const isChanged =
    wait.request.kind === 'approval' &&
    request.kind === 'approval' &&
    wait.request.argumentsHash !== hashOf(request.arguments)
  if (!isChanged) return wait
  // There is nothing left to decide about a call that will not happen.
  await takeWait(db, waitId, { decision: 'replaced' })
  return null
}

/** The process may have ended after the row of a decision was written and before its event. */
async function tellDecision(
  { id, decided, request }: StoredWait,
  parts: readonly MessagePart[],
  emit: (event: RunEvent) => Promise<void>,
): Promise<void> {
  if (decided === null || isTold(id, parts)) return
  const { parentCallId } = request
  const event = { type: 'decision', at: new Date().toISOString(), waitId: id } as const
  await emit({ ...event, ...decided, ...(parentCallId && { parentCallId }) })
}

function isTold(waitId: string, parts: readonly MessagePart[]): boolean {
  return parts.some((part) => {
    if (part.type !== 'tool_call') return false
    const wait = part.approval?.waitId === waitId ? part.approval : part.question
    return (
      (wait?.waitId === waitId && wait.answer !== undefined) || isTold(waitId, part.parts ?? [])
    )
  })
}

function waitingEvent(
  { log, waitMs }: AskParts,
  run: Run,
  waitId: string,
  request: WaitRequest,
  { parentCallId }: WaitScope,
): EventOf<'waiting'> {
  const at = new Date().toISOString()
  const expiresAt = new Date(Date.parse(at) + waitMs).toISOString()
  const base = { type: 'waiting', at, waitId, expiresAt } as const
  const nested = parentCallId === undefined ? {} : { parentCallId }
  if (request.kind === 'question') return { ...base, ...nested, ...request }
  const spentNanoUsd = log.folded(run.id)?.message?.totals?.costNanoUsd ?? null
  return { ...base, ...nested, ...request, argumentsHash: hashOf(request.arguments), spentNanoUsd }
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
