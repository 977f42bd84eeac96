import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { Problem } from '#shared/api.ts'
import type { Database } from '../db/open.ts'
import { says, startRuns, textOf, token } from '../testing/runs.ts'

/** The database may not grow beyond this many pages, as on a full disk. */
async function limitPages(db: Database, pages: number): Promise<void> {
  await db.transaction((trx) => sql`pragma max_page_count = ${sql.lit(pages)}`.execute(trx))
}

test('a submit that cannot be stored answers 503 and starts nothing', async () => {
  const tally = await startRuns(says('never'))
  const { id } = await tally.create()
  await limitPages(tally.parts.db, 1)
  const refused = await tally.send('POST', `/api/conversations/${id}/runs`, {
    text: 'x'.repeat(150_000),
  })
  expect(refused.status).toBe(503)
  expect(Problem.parse(await refused.json())).toMatchObject({
    code: 'unavailable',
    detail: 'The disk is full: free some space and try again.',
  })
  expect(await tally.conversation(id)).toMatchObject({ messages: [], activeRunId: null })
})

test('an answer that cannot be stored any further ends with what is stored, and says why', async () => {
  let signal: AbortSignal | undefined
  const tally = await startRuns(async (run) => {
    ;({ signal } = run)
    await run.emit(token('Shown.'))
    await limitPages(tally.parts.db, 1)
    // Nobody has to wait for these.
    void run.emit(token('y'.repeat(1_000_000)))
    await run.emit(token('Not shown.')).catch(() => {})
    await run.emit(token('Not shown.')).catch(() => {})
    await limitPages(tally.parts.db, 1_000_000)
    return { status: 'completed' }
  })
  const run = await tally.say('Hi')
  const events = await tally.ended(run.id)
  expect(signal?.aborted).toBe(true)
  expect(textOf(events)).toBe('Shown.')
  expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
  expect(events.slice(2).map(({ event }) => event)).toMatchObject([
    { type: 'error', code: 'unavailable', message: expect.stringMatching(/disk is full/) },
    { type: 'done', status: 'failed' },
  ])
  const next = await tally.start(run.conversationId, { retryOf: run.messageId })
  expect((await tally.ended(next.id)).at(-1)?.event.type).toBe('done')
})

test('an ending that cannot be written is written when there is room again', async () => {
  const tally = await startRuns(async (run) => {
    await run.emit(token('Shown.'))
    await breakEndings(tally.parts.db)
    return { status: 'completed' }
  })
  const run = await tally.say('Hi')
  for await (const { event } of tally.follow(run.id)) if (event.type === 'token') break
  while (tally.parts.errors.length === 0) await new Promise((resolve) => setImmediate(resolve))
  expect(await tally.run(run.id)).toMatchObject({ status: 'running', lastSeq: 2 })
  await mendEndings(tally.parts.db)
  const events = await tally.ended(run.id)
  expect(events.map(({ event }) => event.type)).toEqual(['run', 'token', 'done'])
  expect(await tally.run(run.id)).toMatchObject({ status: 'completed', lastSeq: 3 })
})

async function breakEndings(db: Database): Promise<void> {
  await db.transaction((trx) =>
    sql`create trigger broken before update of ended_at on runs
      begin select raise(abort, 'not now'); end`.execute(trx),
  )
}

async function mendEndings(db: Database): Promise<void> {
  await db.transaction((trx) => sql`drop trigger broken`.execute(trx))
}
