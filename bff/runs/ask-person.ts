// How a tool call of a run asks a person: it says so in the log, stands still without holding anything
// but its place, and goes on with the decision, in this process or a later one.
import { createHash } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import type { Run } from '#shared/api.ts'
import type { EventOf, RunEvent } from '#shared/run-event.ts'
import type { AskPerson, Decided, WaitScope, WaitRequest } from '../upstream/ask-person.ts'
import type { RunParts } from './run-parts.ts'
import { whyNot, isTooWide } from '../rules/match-rule.ts'
import { rulesFor } from '../rules/rule-store.ts'
import { findWait, type StoredWait } from './wait-store.ts'

export type AskParts = Pick<RunParts, 'db' | 'active' | 'waits' | 'log' | 'waitMs' | 'findTool'>

export function askPerson(
  parts: AskParts,
  run: Run,
  emit: (event: RunEvent) => Promise<void>,
  stop: AbortSignal,
): AskPerson {
  return {
    ask: async (request, scope) => {
      const { waits } = parts
      const known = scope.resumes ? await sameWait(parts, run, scope.resumes, request) : null
      if (known?.decided) return known.decided
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

/** The arguments are those that the tool reads, so a rule is about what would really happen. */
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
  return rules.find((rule) => !isTooWide(rule, tool) && whyNot(rule, call) === null)?.id
}

/** A decision is about exactly the arguments that were shown; about others the person is asked anew. */
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
  return isChanged ? null : wait
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
