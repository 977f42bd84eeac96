// What sends is a part of the page that comes after its first paint; here it comes when the test says.
import { expect, test, vi } from 'vitest'
import { find, press, write } from '../testing/screen.tsx'
import { bff, box, open, shown, spoken } from '../testing/chat.tsx'

const part = vi.hoisted(() => Promise.withResolvers<void>())
vi.mock('./run-sessions.ts', async (load) => {
  await part.promise
  return load()
})

test('a text sent before that goes once when it can, and what is typed since stays', async () => {
  open('/c/c1')
  await shown('Hi there')
  const field = await box()
  write(field, 'Early')
  press('Enter', field)
  press('Enter', field)
  write(field, 'Early bird')
  expect(bff.runs).toEqual([])

  part.resolve()
  await shown('Early')
  bff.lastRun.say('Good morning')
  await shown('Good morning')
  expect(field.value).toBe(' bird')
  bff.endRun()
  await find('button', 'Send')
  expect(spoken()).toEqual(['Hello', 'Hi there', 'Early', 'Good morning'])
})
