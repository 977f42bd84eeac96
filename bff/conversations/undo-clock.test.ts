import { expect, onTestFinished, test, vi } from 'vitest'
import { says, startRuns } from '../testing/runs.ts'
import { purgeConversations } from './change-store.ts'
import { undoClock } from './housekeeping.ts'

function setClock(offsetMs: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + offsetMs })
  onTestFinished(() => void vi.useRealTimers())
}

test('setting the clock ahead does not end the time to undo', async () => {
  const tally = await startRuns(says('Hi'))
  const { id } = await tally.create()
  await tally.send('DELETE', `/api/conversations/${id}`)
  const isOver = undoClock(600_000)
  await purgeConversations(tally.parts.db, isOver)
  setClock(24 * 3_600_000)
  await purgeConversations(tally.parts.db, isOver)
  expect((await tally.send('POST', `/api/conversations/${id}/restore`)).status).toBe(200)
})

test('a deletion is purged when its time is over, even if the clock was set back', async () => {
  const tally = await startRuns(says('Hi'))
  const { id } = await tally.create()
  await tally.send('DELETE', `/api/conversations/${id}`)
  setClock(-24 * 3_600_000)
  const isOver = undoClock(20)
  await purgeConversations(tally.parts.db, isOver)
  expect((await tally.send('POST', `/api/conversations/${id}/restore`)).status).toBe(200)
  await tally.send('DELETE', `/api/conversations/${id}`)
  await purgeConversations(tally.parts.db, isOver)
  await new Promise((resolve) => setTimeout(resolve, 30))
  await purgeConversations(tally.parts.db, isOver)
  expect((await tally.send('POST', `/api/conversations/${id}/restore`)).status).toBe(404)
})
