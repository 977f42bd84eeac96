// Bringing conversations from another product: choose, look, import, read and go on; and taking them away.
import { expectNoViolations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { chats } from './scripts.ts'

test.use({ provider: { upstream: 'fake', api: 'responses' } })

const node = (id: string, parent: string | null, role: string, content: object) => ({
  id,
  parent,
  children: [],
  message: { id, author: { role }, create_time: 1_764_000_000, content, recipient: 'all' },
})
const text = (...parts: string[]) => ({ content_type: 'text', parts })

const EXPORT = [
  {
    conversation_id: 'c1',
    title: 'A trip to Oslo',
    create_time: 1_764_000_000,
    update_time: 1_764_000_100,
    current_node: 'a1',
    mapping: {
      u1: node('u1', null, 'user', text('How warm is Oslo?')),
      a1: node('a1', 'u1', 'assistant', text('It is 20 degrees.')),
      b1: node('b1', 'u1', 'assistant', { content_type: 'hologram', angle: 7 }),
    },
  },
]

test('an export is looked at, imported, read and continued', async ({ chat, fake, page }) => {
  fake.setScript(chats({ parts: [{ text: 'Take a coat.' }] }))
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/settings/import')
  const choose = page.getByLabel('Choose an export')
  const file = {
    name: 'conversations.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(EXPORT)),
  }
  await choose.setInputFiles({ ...file, name: 'letter.json', buffer: Buffer.from('hello') })
  await expect(page.getByText('no export that Tally knows')).toBeVisible()
  await choose.setInputFiles(file)
  const card = page.getByRole('listitem').filter({ hasText: 'conversations.json' })
  const preview = card.getByRole('table', { name: 'Preview' })
  await expect(preview).toContainText('Conversations1')
  await expect(card).toContainText('1 parts of an unknown type: their source is kept')
  await expectNoViolations(page)
  await card.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(card).toContainText('Imported: 1 new conversation, 3 messages.')
  await expectNoViolations(page)
  await card.getByText('Open a conversation').click()
  await card.getByRole('link', { name: 'A trip to Oslo' }).click()

  const log = page.getByRole('log', { name: 'Conversation' })
  await expect(log).toContainText('It is 20 degrees.')
  await expect(log).toContainText('Imported, no cost known')
  await expect(page.getByRole('status', { name: 'Conversation cost' })).toHaveText(
    'Imported, no cost known',
  )
  await page.getByRole('button', { name: 'Next version' }).click()
  await log.getByRole('button', { name: 'Show source' }).click()
  await expect(log).toContainText('"angle": 7')
  await page.getByRole('button', { name: 'Previous version' }).click()
  await chat.send('What shall I wear?')
  await expect(log).toContainText('Take a coat.')
  expect(JSON.stringify(fake.calls.map(({ body }) => body))).toContain('It is 20 degrees.')

  await page.goto('/settings/general')
  const saving = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export everything' }).click()
  expect((await saving).suggestedFilename()).toMatch(/^tally-.*\.zip$/)
})
