// A decision about a wait: checked against what was asked, taken once, and reported to the readers.
import type { Run } from '#shared/api.ts'
import type { DecideRun } from '#shared/decide.ts'
import type { EventOf } from '#shared/run-event.ts'
import type { Decided } from '../upstream/ask-person.ts'
import { Problem } from '../http/problem.ts'
import { allowanceOf } from './await-budget.ts'
import type { RunParts } from './run-parts.ts'
import { insertRule } from '../rules/rule-store.ts'
import type { Writing } from '../db/open.ts'
import { findWait, type StoredWait, takeWait } from './wait-store.ts'
import { t } from '#shared/translate.ts'

type DecideParts = Pick<RunParts, 'db' | 'log' | 'waits' | 'checkArguments'>

const KIND_OF = {
  continue: 'budget',
  stop: 'budget',
  approve: 'approval',
  deny: 'approval',
  edit: 'approval',
  respond: 'approval',
  answer: 'question',
} as const

const EXPECTED = {
  budget: () => t`This run waits for a budget: continue or stop.`,
  approval: () => t`This run waits for an approval: approve, deny, edit or respond.`,
  question: () => t`This run waits for an answer: answer.`,
}

export async function decideRun(parts: DecideParts, run: Run, body: DecideRun): Promise<void> {
  const { db, log, waits } = parts
  const wait = await findWait(db, run.id, body.waitId)
  const isLate = wait !== null && wait.expiresAt <= new Date().toISOString()
  if (run.status !== 'running' || wait === null || isLate) throw new Problem('already_decided')
  const decided = decidedBy(parts, body, wait.request)
  const { parentCallId } = wait.request
  const taken = await waits.decide(wait.id, decided, async () => {
    if (!(await takeWait(db, wait.id, decided, ruleOf(wait, decided)))) return false
    const event = { type: 'decision', at: new Date().toISOString(), waitId: wait.id } as const
    const told = log.append(run.id, { ...event, ...decided, ...(parentCallId && { parentCallId }) })
    // It is decided, whether or not the log can be written: a run whose log is broken ends by itself.
    await told.catch(() => {})
    return true
  })
  if (!taken) throw new Problem('already_decided')
}

/** An approval for the rest of a conversation is a rule, which the settings show and revoke. */
function ruleOf({ id, conversationId, request }: StoredWait, { scope }: Decided) {
  if (scope !== 'conversation' || request.kind !== 'approval') return undefined
  const { agent, name: tool } = request
  const about = { id, agent, tool, conversationId, conditions: [] }
  const rule = { ...about, createdAt: new Date().toISOString(), expiresAt: null }
  return (trx: Writing) => insertRule(trx, rule)
}

function decidedBy(
  { checkArguments }: DecideParts,
  body: DecideRun,
  request: EventOf<'waiting'>,
): Decided {
  if (KIND_OF[body.decision] !== request.kind) {
    throw new Problem('bad_request', EXPECTED[request.kind]())
  }
  if (request.kind === 'budget') {
    const allowance = body.decision === 'continue' ? allowanceOf(body, request) : undefined
    return { decision: body.decision, by: 'person', ...(allowance && { allowance }) }
  }
  const by = { decision: body.decision, by: 'person', callId: request.callId } as const
  if (request.kind === 'question') return { ...by, ...answerOf(body, request) }
  if ('argumentsHash' in body && body.argumentsHash !== request.argumentsHash) {
    throw new Problem('arguments_changed')
  }
  switch (body.decision) {
    case 'approve':
      if (body.scope === 'conversation' && request.mayAllowAlways !== true) {
        throw new Problem('bad_request', t`This tool changes things: it is approved call by call.`)
      }
      return { ...by, scope: body.scope }
    case 'edit': {
      const complaint = checkArguments(request.agent, request.name, body.arguments)
      if (complaint !== null) throw new Problem('bad_request', complaint)
      return { ...by, arguments: body.arguments }
    }
    case 'respond':
      return { ...by, output: body.output }
    case 'deny':
      return { ...by, ...(body.reason && { reason: body.reason }) }
    // Refused above.
    case 'continue':
    case 'stop':
    case 'answer':
      throw new Problem('bad_request')
  }
}

function answerOf(
  body: DecideRun,
  { options = [], freeText, schema }: Extract<EventOf<'waiting'>, { kind: 'question' }>,
) {
  const { text, option } = { text: undefined, option: undefined, ...body }
  if (option !== undefined && !options.includes(option)) {
    throw new Problem('bad_request', t`Choose one of: ${options.join(', ')}.`)
  }
  const said = text?.trim() ?? ''
  if (said === '' && option === undefined) throw new Problem('bad_request', t`Give an answer.`)
  if (said !== '' && !freeText && schema === undefined) {
    throw new Problem('bad_request', t`Choose one of the options.`)
  }
  return { ...(said !== '' && { text: said }), ...(option !== undefined && { option }) }
}
