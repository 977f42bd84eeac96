// From a submit to a run under way: one transaction stores the question, the place of the answer
// and the run, so that a crash leaves all or nothing; from then on the run is driven to its ending
// whether or not anybody looks. The same Idempotency-Key starts one run, however often it comes.
import { v7 as uuid } from 'uuid'
import type { Run, StartRun } from '#shared/api.ts'
import { findByIdempotencyKey } from '../conversations/conversation-store.ts'
import { Problem } from '../http/problem.ts'
import type { Database, Writing } from '../db/open.ts'
import { type Idempotency, idFromEarlierSubmit } from '../http/idempotency.ts'
import { driveRun } from './drive-run.ts'
import { type Setup, findPlacement, findSetup, showRun } from './placement-store.ts'
import type { RunParts } from './run-parts.ts'
import { type NewRun, activeRunOf, findRun, insertRun } from './run-store.ts'

export interface Submit {
  conversationId: string
  body: StartRun
  /** Null if this submit always starts a run. */
  idempotency: Idempotency | null
}

export async function startRun(parts: RunParts, submit: Submit): Promise<Run> {
  const { db, log, active } = parts
  const { body, conversationId, idempotency } = submit
  const known = idempotency && (await runOfSubmit(db, idempotency))
  if (known) return known

  const setup = await findSetup(db, conversationId)
  const agent = body.agent ?? setup.agent
  parts.checkAgent(agent)
  const target = await parts.findTarget(wantedModel(body, setup))
  const chosen = { agent, provider: target.provider, model: target.model }
  const stored = await db.transaction(async (trx) => {
    const taken = idempotency && (await findByIdempotencyKey(trx, 'runs', idempotency.key))
    return taken ? null : storeRun(trx, submit, chosen)
  })
  // Another request with the same key was a moment faster.
  if (stored === null) return startRun(parts, submit)

  log.begin(stored.id)
  const { settings } = setup
  const timeZone = body.timeZone ?? 'UTC'
  active.start(stored.id, (stop) =>
    driveRun(parts, { run: stored, target, settings, timeZone }, stop),
  )
  parts.onMessages()
  return stored
}

async function runOfSubmit(db: Database, idempotency: Idempotency): Promise<Run | null> {
  const id = idFromEarlierSubmit(
    idempotency,
    await findByIdempotencyKey(db.kysely, 'runs', idempotency.key),
  )
  return id === null ? null : findRun(db, id)
}

/** A model that is named alone is not the one of the conversation's provider, and the reverse. */
function wantedModel(body: StartRun, setup: Setup) {
  if (body.provider === undefined && body.model === undefined) {
    return { provider: setup.provider, model: setup.model }
  }
  return { provider: body.provider ?? null, model: body.model ?? null }
}

async function storeRun(
  trx: Writing,
  { conversationId, body, idempotency }: Submit,
  chosen: Pick<Run, 'agent' | 'provider' | 'model'>,
): Promise<Run> {
  if ((await activeRunOf(trx, conversationId)) !== null) throw new Problem('run_active')
  const placement = await findPlacement(trx, conversationId, body)
  const { text } = body
  const question = text === undefined ? null : { text, parentId: placement.parentId }
  const run: Run = {
    ...chosen,
    id: uuid(),
    conversationId,
    userMessageId: placement.userMessageId ?? uuid(),
    messageId: uuid(),
    status: 'running',
    lastSeq: 0,
    createdAt: new Date().toISOString(),
    endedAt: null,
  }
  const made: NewRun = { run, timeZone: body.timeZone ?? 'UTC', question, submit: idempotency }
  await insertRun(trx, made)
  await showRun(trx, run, text === undefined ? null : shortTitle(text))
  return run
}

const MAX_TITLE_CHARS = 60

/** The title of a conversation until a model or the user names it. */
function shortTitle(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  if (line.length <= MAX_TITLE_CHARS) return line
  const cut = line.slice(0, MAX_TITLE_CHARS)
  const space = cut.lastIndexOf(' ')
  // A surrogate pair is not cut in half.
  const words =
    space > MAX_TITLE_CHARS / 2 ? cut.slice(0, space) : cut.replace(/[\uD800-\uDBFF]$/, '')
  return `${words}…`
}
