import { expect, test } from 'vitest'
import { temporaryDatabase } from '../../testing/temporary-database.ts'
import { recoverOpenCalls } from './recover-calls.ts'
import { callsOfRun, openCall } from './call-store.ts'

const CALL = {
  id: 'call-1',
  runId: 'run-1',
  conversationId: 'c-1',
  agent: 'assistant',
  provider: 'openai',
  modelRequested: 'gpt-4o',
  attempt: 1,
  startedAt: '2026-11-02T12:00:00.000Z',
}

test.each([
  ['chat', { certainty: 'unknown', costNanoUsd: null }],
  ['count', { certainty: 'computed', costNanoUsd: 0 }],
] as const)('what %s has cost that the end of the process cut off', async (purpose, cost) => {
  const db = await temporaryDatabase()
  await openCall(db, { ...CALL, purpose })
  await recoverOpenCalls(db)
  expect(await callsOfRun(db, 'run-1')).toMatchObject([{ finishReason: 'interrupted', ...cost }])
})

test('a demo answer interrupted by the end of the process stays a demo call', async () => {
  const db = await temporaryDatabase()
  await openCall(db, { ...CALL, purpose: 'chat', demo: true })
  await recoverOpenCalls(db)
  expect(await callsOfRun(db, 'run-1')).toMatchObject([{ demo: true }])
})
