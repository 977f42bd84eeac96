// The first text of a new chat is refused after its conversation was made.
import { expect, test, vi } from 'vitest'
import { find } from '../testing/screen.tsx'
import type { RecordedRequest } from '../testing/bff.ts'
import { bff, box, open, refusal, send } from '../testing/chat.tsx'

const isSubmit = ({ path }: RecordedRequest) => path.endsWith('/runs')

/** What the page asks of the conversation once its submit was refused. */
function refuseSubmit(isStored: boolean): string[] {
  const asked: string[] = []
  let isRefused = false
  open('/', (one) => {
    if (isRefused && one.path.endsWith('/c2')) asked.push(one.method)
    if (!isSubmit(one)) return bff.answer(one)
    isRefused = true
    if (isStored) bff.answer(one)
    return refusal(503, 'Too much at once')
  })
  return asked
}

test('a conversation in which nothing was stored is deleted', async () => {
  const asked = refuseSubmit(false)
  await send('Hello')
  await vi.waitFor(() => expect(asked).toContain('DELETE'))
  expect((await box()).value).toBe('Hello')
})

test('a conversation in which the text was stored all the same stays', async () => {
  const asked = refuseSubmit(true)
  await send('Hello')
  await find('[role=alert]', /Too much at once/)
  await vi.waitFor(() => expect(asked).toContain('GET'))
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(asked).not.toContain('DELETE')
})
