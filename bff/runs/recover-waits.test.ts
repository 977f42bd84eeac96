// What becomes of a wait when the process ends at the wrong moment, or too much has changed since.
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { approvals, END, only, refunds, results, startAsking } from '../testing/asking-agent.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import { takeWait } from './wait-store.ts'

async function waiting(options = {}) {
  const folder = temporaryFolder()
  const before = await startAsking([refunds(50), END], { folder, ...options })
  const run = await before.tally.say('Refund')
  const { waitId, argumentsHash } = only(await approvals(before.tally, run))
  const approve = { waitId, decision: 'approve', argumentsHash, scope: 'once' } as const
  return { folder, before, run, approve }
}

test('a decision that is stored and not yet told runs its tool once', async () => {
  const { folder, before, run, approve } = await waiting()
  const { waitId, decision, scope } = approve
  await takeWait(before.tally.parts.db, waitId, { decision, scope, by: 'person', callId: 'call_0' })
  await before.tally.parts.end()
  expect(before.paid).toEqual([])

  const after = await startAsking(before.upstream, { folder })
  const events = await after.tally.over(run)
  expect(events.at(-1)).toMatchObject({ type: 'done', status: 'completed' })
  expect(after.paid).toEqual([50])
  expect((await after.tally.decide(run, approve)).status).toBe(409)
  await after.tally.parts.end()

  const last = await startAsking(before.upstream, { folder })
  expect(results(await last.tally.over(run))).toEqual([['ok', 'Paid 50.']])
  expect(last.paid).toEqual([])
})

test('a wait that expires while no process runs ends its run, and nothing is executed', async () => {
  const { folder, before, run, approve } = await waiting({ waitMs: 800 })
  await before.tally.parts.end()
  await sleep(900)
  const after = await startAsking(before.upstream, { folder, waitMs: 800 })
  const events = await after.tally.over(run)
  expect(events.at(-1)).toMatchObject({ status: 'stopped', reason: 'wait_expired' })
  expect((await after.tally.decide(run, approve)).status).toBe(409)
  expect(after.paid).toEqual([])
  expect(before.upstream.calls).toHaveLength(1)
})

test('a wait whose expiry is stored and not yet told ends its run, too', async () => {
  const { folder, before, run, approve } = await waiting()
  await takeWait(before.tally.parts.db, approve.waitId, { decision: 'expired' })
  await before.tally.parts.end()
  const after = await startAsking(before.upstream, { folder })
  const events = await after.tally.over(run)
  expect(events.at(-1)).toMatchObject({ status: 'stopped', reason: 'wait_expired' })
  expect(after.paid).toEqual([])
})

test('a run whose provider is gone fails when it is decided, and says so', async () => {
  const { folder, before, run, approve } = await waiting()
  await before.tally.parts.end()
  const after = await startAsking(before.upstream, { folder, target: { provider: 'other' } })
  expect((await after.tally.decide(run, approve)).status).toBe(200)
  const events = await after.tally.over(run)
  expect(events.slice(-2)).toMatchObject([
    { type: 'error', code: 'provider_not_found' },
    { type: 'done', status: 'failed' },
  ])
  expect(after.paid).toEqual([])
  const { messages } = await after.tally.conversation(run.conversationId)
  expect(messages[1]?.parts[0]).toMatchObject({ name: 'refund', status: 'failed' })
})

test('a run that went on with such a decision has its ending when the process ends', async () => {
  const { folder, before, run, approve } = await waiting()
  const { waitId, decision, scope } = approve
  await takeWait(before.tally.parts.db, waitId, { decision, scope, by: 'person', callId: 'call_0' })
  await before.tally.parts.end()

  before.upstream.setScript({ parts: [{ text: 'So far' }, { fault: 'stall' }] })
  const after = await startAsking(before.upstream, { folder, idleTimeoutMs: 60_000 })
  await before.upstream.called(2)
  await after.tally.parts.runs.end()
  const { status } = await after.tally.parts.db.kysely
    .selectFrom('runs')
    .select('status')
    .where('id', '=', run.id)
    .executeTakeFirstOrThrow()
  expect(status).toBe('interrupted')
})
