import { expect, test } from 'vitest'
import type { CallStart } from '../upstream/types.ts'
import { InputCounter, snapshotOf } from './estimate-input.ts'

const call: CallStart = {
  id: 'call',
  runId: 'run',
  conversationId: 'conversation',
  purpose: 'chat',
  agent: 'assistant',
  provider: 'fake',
  modelRequested: 'm',
  attempt: 1,
  startedAt: '2026-01-01T00:00:00.000Z',
}

function counter() {
  const estimated: string[] = []
  const input = new InputCounter(async (text) => {
    estimated.push(text)
    return text.length
  })
  return { input, estimated }
}

test('only the new text of a continued request is estimated', async () => {
  const { input, estimated } = counter()
  input.learn(call, await snapshotOf('Hello, '), 1000)
  const count = await input.count(call, 'Hello, world')
  expect(estimated).toEqual(['world'])
  expect(count).toBeGreaterThan(1000)
  expect(count).toBeLessThan(1100)
})

test('another branch or model is estimated from the beginning', async () => {
  const { input, estimated } = counter()
  input.learn(call, await snapshotOf('Hello, '), 1000)
  await input.count(call, 'Goodbye, world')
  await input.count({ ...call, modelRequested: 'n' }, 'Hello, world')
  expect(estimated).toEqual(['Goodbye, world', 'Hello, world'])
})
