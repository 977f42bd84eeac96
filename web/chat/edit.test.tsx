// An own message is changed in its place and sent again.
import { expect, test, vi } from 'vitest'
import type { RecordedRequest } from '../testing/bff.ts'
import { bff, box, open, refusal, shown, spoken, type } from '../testing/chat.tsx'
import { all, find, names, press } from '../testing/screen.tsx'

const isSubmit = ({ path }: RecordedRequest) => path.endsWith('/runs')

async function openEditor(): Promise<HTMLTextAreaElement> {
  const button = await find('button', 'Edit')
  button.click()
  return editor()
}

async function editor(): Promise<HTMLTextAreaElement> {
  const field = await find('textarea', 'Edit message')
  if (!(field instanceof HTMLTextAreaElement)) throw new Error('the editor is not a textarea')
  return field
}

test('a new version takes the place of the message and of what came after it', async () => {
  const sent: unknown[] = []
  open('/c/c1', (asked) => {
    if (isSubmit(asked)) sent.push(asked.body)
    return bff.answer(asked)
  })
  const field = await openEditor()
  expect(field.value).toBe('Hello')
  expect(document.activeElement).toBe(field)
  await type(field, 'Good evening')
  press('Enter', field)

  await vi.waitFor(() => expect(sent).toHaveLength(1))
  expect(sent[0]).toMatchObject({ text: 'Good evening', parentId: null })
  bff.lastRun.say('Evening')
  await shown('Evening')
  expect(spoken()).toEqual(['Good evening', 'Evening'])
  expect(names('button')).not.toContain('Edit')
  bff.endRun()
  await find('button', 'Edit')
  expect(spoken()).toEqual(['Good evening', 'Evening'])
})

test('an input method keeps its keys, and Escape leaves the message as it is', async () => {
  open('/c/c1')
  const field = await openEditor()
  await type(field, 'Something else')
  for (const key of ['Enter', 'Escape']) {
    const init = { key, bubbles: true, cancelable: true, isComposing: true }
    field.dispatchEvent(new KeyboardEvent('keydown', init))
  }
  expect(all('textarea')).toContain(field)
  expect(bff.runs).toEqual([])

  press('Escape', field)
  await shown('Hello')
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Edit')
  expect((await openEditor()).value).toBe('Hello')
})

test('a new version that is refused is in its editor again, and can be sent', async () => {
  let refuse = true
  open('/c/c1', (asked) =>
    isSubmit(asked) && refuse ? refusal(503, 'Too much at once') : bff.answer(asked),
  )
  await type(await box(), 'A next question')
  const field = await openEditor()
  await type(field, 'Good evening')
  press('Enter', field)
  await find('[role=alert]', /Too much at once/)
  expect((await editor()).value).toBe('Good evening')
  expect((await box()).value).toBe('A next question')

  refuse = false
  press('Enter', await editor())
  await vi.waitFor(() => expect(bff.runs).toHaveLength(1))
  await shown('Good evening')
  expect((await box()).value).toBe('A next question')
})

test('a reload keeps what was typed in the place of a message', async () => {
  open('/c/c1')
  await type(await openEditor(), 'Half a sent')
  open('/c/c1')
  expect((await editor()).value).toBe('Half a sent')
})
