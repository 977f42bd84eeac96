import { expect, test, vi } from 'vitest'
import { find, press, write } from '../testing/screen.tsx'
import { bff, box, open, shown } from '../testing/chat.tsx'

vi.mock('./run-sessions.ts', () => {
  throw new Error('Failed to fetch dynamically imported module')
})

test('a text that cannot be sent because a part of the page is gone is kept, with the reason', async () => {
  open('/c/c1')
  await shown('Hi there')
  const field = await box()
  write(field, 'Is this thing on?')
  press('Enter', field)

  await find('[role=alert]', /could not be loaded/)
  expect(field.value).toBe('Is this thing on?')
  expect(bff.runs).toEqual([])
})
