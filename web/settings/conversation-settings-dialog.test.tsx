import { expect, test, vi } from 'vitest'
import { all, find, press, show, until, write } from '../testing/screen.tsx'
import { ConversationSettingsDialog } from './conversation-settings-dialog.tsx'
import type { Configured, SettingsChange } from './settings-form.ts'

const VALUE: Configured = { title: 'Trip', agent: 'assistant', settings: { temperature: 0.3 } }

test('filled fields are saved and the dialog closes', async () => {
  const { saved, closed } = open(VALUE)
  write(await find('input', 'Temperature'), '')
  write(await find('input', 'Max output tokens'), '77')
  await submit()

  await until(() => expect(closed).toHaveBeenCalled())
  expect(saved).toEqual([{ title: 'Trip', agent: 'assistant', settings: { maxOutputTokens: 77 } }])
})

test('an invalid value is marked and focused, and nothing is saved', async () => {
  const { saved } = open(VALUE)
  const field = await find('input', 'Temperature')
  write(field, '7')
  await submit()

  await until(() => expect(field.getAttribute('aria-invalid')).toBe('true'))
  expect(document.activeElement).toBe(field)
  expect(document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
    'From 0 to 2',
  )
  expect(saved).toEqual([])
})

test('refused settings stay in the dialog with the cause', async () => {
  const { closed } = open(VALUE, new Error('The disk is full.'))
  await submit()

  expect((await find('[role=alert]', /./)).textContent).toBe('The disk is full.')
  expect(closed).not.toHaveBeenCalled()
})

test('a new chat has no title field', async () => {
  open({ ...VALUE, title: null })
  await find('input', 'Temperature')

  expect(all('input').map((input) => input.getAttribute('name'))).not.toContain('title')
})

test('Escape in the dialog does not reach the page behind it', async () => {
  open(VALUE)
  const field = await find('input', 'Temperature')
  const behind = vi.fn<(event: KeyboardEvent) => void>()
  document.addEventListener('keydown', behind)
  press('Escape', field)
  document.removeEventListener('keydown', behind)

  expect(behind).not.toHaveBeenCalled()
})

function open(value: Configured, failure?: Error) {
  const saved: SettingsChange[] = []
  const closed = vi.fn<(open: boolean) => void>()
  const save = async (change: SettingsChange) => {
    if (failure) throw failure
    saved.push(change)
  }
  const agents = [{ name: 'assistant', description: 'Answers.', tools: [] }]
  show(
    <ConversationSettingsDialog open onOpenChange={closed} value={value} onSave={save} />,
    () => ({ items: agents, nextCursor: null }),
  )
  return { saved, closed }
}

async function submit(): Promise<void> {
  const save = await find('button', 'Save')
  save.click()
}
