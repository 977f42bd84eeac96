// From a submit to a run under way: one transaction stores the question, the place of the answer
// and the run, so that a crash leaves all or nothing; from then on the run is driven to its ending
// whether or not anybody looks. The same Idempotency-Key starts one run, however often it comes.
import { v7 as uuid } from 'uuid'
import type { Run, StartRun } from '#shared/api.ts'
import type { EventOf } from '#shared/run-event.ts'
import { findByIdempotencyKey, idOfKey } from '../conversations/conversation-store.ts'
import { shortTitle } from '../conversations/short-title.ts'
import { Problem } from '../http/problem.ts'
import type { Database, Writing } from '../db/open.ts'
import type { Idempotency } from '../http/idempotency.ts'
import { driveRun } from './drive-run.ts'
import { type Placement, type Setup, findPlacement, findSetup, showRun } from './placement-store.ts'
import { leaveQueue, listQueued, queueState } from './queue-store.ts'
import { type AttachedFiles, NO_FILES } from '../upstream/attached-files.ts'
import type { RunParts } from './run-parts.ts'
import { type NewRun, activeRunOf, findRun, insertRun, supersedeRun } from './run-store.ts'
import { takeWaitsOf } from './wait-store.ts'

export interface Submit {
  conversationId: string
  body: StartRun
  /** Null if this submit always starts a run. */
  idempotency: Idempotency | null
  /** The message is a queued one: it leaves the queue as its run is stored, or stays and nothing starts. */
  queued?: FromQueue
}

interface FromQueue {
  id: string
  /** `stop_answer`: the user sends it now, and it takes the place of an answer that is being written. */
  sends: 'in_turn' | 'stop_answer'
}

export async function startRun(parts: RunParts, submit: Submit): Promise<Run> {
  const { db, log, active, waits } = parts
  const { body, conversationId, idempotency } = submit
  const known = idempotency && (await runOfSubmit(db, idempotency))
  if (known) return known

  const setup = await findSetup(db, conversationId)
  if (body.agent !== undefined) parts.checkAgent(body.agent)
  const target = await parts.findTarget(wantedModel(body, setup))
  const chosen = { provider: target.provider, model: target.model }
  const files = body.files === undefined ? NO_FILES : await parts.attach(body.files)
  const stored = await db.transaction(async (trx) => {
    const taken = idempotency && (await findByIdempotencyKey(trx, 'runs', idempotency.key))
    return taken ? null : storeRun(trx, parts, { ...submit, files }, setup, chosen)
  })
  // Another request with the same key was a moment faster.
  if (stored === null) return startRun(parts, submit)

  const { run, opening, replaced } = stored
  log.begin(run.id)
  if (replaced !== null) {
    waits.take(replaced)
    active.stop(replaced, 'cut', 'moved_on')
  }
  const after = replaced === null ? undefined : active.ended(replaced)
  const { settings } = setup
  const timeZone = body.timeZone ?? 'UTC'
  const started = { run, target, settings, timeZone, ...(opening && { opening }) }
  active.start(run.id, (stop) => driveRun(parts, { ...started, ...(after && { after }) }, stop))
  parts.onMessages()
  return run
}

export async function runOfSubmit(db: Database, idempotency: Idempotency): Promise<Run | null> {
  const id = await idOfKey(db.kysely, 'runs', idempotency)
  return id === null ? null : findRun(db, id)
}

/** A model that is named alone is not the one of the conversation's provider, and the reverse. */
function wantedModel(body: StartRun, setup: Setup) {
  if (body.provider === undefined && body.model === undefined) {
    return { provider: setup.provider, model: setup.model }
  }
  return { provider: body.provider ?? null, model: body.model ?? null }
}

interface StoredRun {
  run: Run
  opening: EventOf<'agent'> | null
  /** The run that waited for a decision, whose place this one takes. */
  replaced: string | null
}

async function storeRun(
  trx: Writing,
  parts: RunParts,
  { conversationId, body, files, idempotency, queued }: Submit & { files: AttachedFiles },
  setup: Setup,
  chosen: Pick<Run, 'provider' | 'model'>,
): Promise<StoredRun> {
  const createdAt = new Date().toISOString()
  if (queued !== undefined) await takeFromQueue(trx, conversationId, queued)
  const stops = queued?.sends === 'stop_answer'
  const replaced = await makeRoom(trx, conversationId, body, { at: createdAt, stops })
  const placement = await findPlacement(trx, conversationId, body)
  const { text } = body
  const { agent, opening } = agentFor(parts, body, setup, placement, createdAt)
  const question = text === undefined ? null : { text, files, parentId: placement.parentId }
  const run: Run = {
    ...chosen,
    agent,
    id: uuid(),
    conversationId,
    userMessageId: placement.userMessageId ?? uuid(),
    messageId: uuid(),
    status: 'running',
    lastSeq: 0,
    createdAt,
    endedAt: null,
  }
  const made: NewRun = { run, timeZone: body.timeZone ?? 'UTC', question, submit: idempotency }
  await insertRun(trx, made)
  await showRun(trx, run, text === undefined ? null : shortTitle(text || namesOf(files)))
  return { run, opening, replaced }
}

async function takeFromQueue(
  trx: Writing,
  conversationId: string,
  { id, sends }: FromQueue,
): Promise<void> {
  if (sends === 'in_turn') {
    const [next] = await listQueued(trx, conversationId)
    const isItsTurn = next?.message.id === id && (await queueState(trx, conversationId)) === null
    if (!isItsTurn) throw new Problem('run_active')
  }
  if (!(await leaveQueue(trx, id))) throw new Problem('queued_message_not_found')
}

/**
 * A run that works is not interrupted, unless the user `stops` it; one that waits for a decision ends with
 * the next message.
 */
async function makeRoom(
  trx: Writing,
  conversationId: string,
  { text }: StartRun,
  { at, stops }: { at: string; stops: boolean },
): Promise<string | null> {
  const active = await activeRunOf(trx, conversationId)
  if (active === null) return null
  const decided = text === undefined ? [] : await takeWaitsOf(trx, active, { decision: 'moved_on' })
  if (decided.length === 0 && !stops) throw new Problem('run_active')
  await supersedeRun(trx, active, at)
  return active
}

/** The person's choice, or who holds the branch, or whom a rule chooses for a first message. */
function agentFor(
  { checkAgent, route, user, flags }: RunParts,
  body: StartRun,
  setup: Setup,
  placement: Placement,
  at: string,
): { agent: string; opening: EventOf<'agent'> | null } {
  const previous = placement.agent ?? setup.agent
  if (body.agent !== undefined && body.agent !== previous) {
    const isChange = !placement.isFirst
    const event = { type: 'agent', at, name: body.agent, previous, by: 'person' } as const
    return { agent: body.agent, opening: isChange ? event : null }
  }
  checkAgent(previous)
  const routed =
    placement.isFirst && body.text !== undefined
      ? route(previous, { user, flags }, body.text)
      : null
  if (routed === null || routed.agent === previous) return { agent: previous, opening: null }
  const { agent, rule } = routed
  return { agent, opening: { type: 'agent', at, name: agent, previous, by: 'router', rule } }
}

function namesOf({ parts }: AttachedFiles): string {
  return parts.map(({ name }) => name).join(', ')
}
