import { expect, test } from 'vitest'
import { databaseWith, sampleCall } from '../../testing/ledger-calls.ts'
import { callsOfRun } from './call-store.ts'

test('a row keeps every field of its call', async () => {
  const call = sampleCall({
    responseId: 'resp_7',
    requestId: 'req_7',
    serviceTier: 'flex',
    cachedInputTokens: 4,
    flags: ['total_mismatch'],
  })
  const db = await databaseWith([call])

  expect(await callsOfRun(db, 'run-1')).toEqual([call])
})
