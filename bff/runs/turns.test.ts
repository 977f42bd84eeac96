import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { turnsDuring } from '../testing/turns-during.ts'
import { Turns } from './turns.ts'

test('a task that takes several turns holds up the next ones only until it ends', async () => {
  const turns = new Turns()
  const done: string[] = []
  const slow = turns.run(async () => {
    await wait(20)
    done.push('slow')
  })
  const next = turns.run(async () => void done.push('next'))
  await Promise.all([slow, next])
  await turns.run(async () => void done.push('later'))
  expect(done).toEqual(['slow', 'next', 'later'])
})

test('what a task does in the next tick, as a write to a socket, is part of its time', async () => {
  const turns = new Turns()
  const write = async () => {
    process.nextTick(() => {
      const end = performance.now() + 1
      while (performance.now() < end);
    })
  }
  const taken = await turnsDuring(() =>
    Promise.all(Array.from({ length: 40 }, () => turns.run(write))),
  )
  expect(taken).toBeGreaterThanOrEqual(8)
})
