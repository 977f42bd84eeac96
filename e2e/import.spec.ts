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
  await expect(preview).toContainText('Costno cost known')
  await expect(card).toContainText('1 part of an unknown type: its source is kept')
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

test('a conversation without its files says that they are not here', async ({ guard, page }) => {
  guard.allow(/404 \(Not Found\)/)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/settings/import')
  const at = '2026-11-01T12:00:00.000Z'
  const h = (c: string) => c.repeat(64)
  const lines = [
    { type: 'format', format: 'tally', version: 1 },
    {
      type: 'conversation',
      conversation: {
        id: 'm1',
        title: 'Missing',
        agent: 'assistant',
        createdAt: at,
        updatedAt: at,
        selectedMessageId: 'm2',
        settings: {},
      },
    },
    { type: 'file', id: 'f1', hash: h('a'), name: 'dot.png', mediaType: 'image/png', size: 45 },
    { type: 'file', id: 'f2', hash: h('b'), name: 'sums.csv', mediaType: 'text/plain', size: 12 },
    {
      type: 'message',
      id: 'm2',
      parentId: null,
      role: 'user',
      status: 'completed',
      createdAt: at,
      runId: null,
      agent: null,
      provider: null,
      model: null,
      parts: [
        {
          type: 'file',
          fileId: 'f1',
          name: 'dot.png',
          mediaType: 'image/png',
          size: 45,
          width: 40,
          height: 30,
        },
        { type: 'file', fileId: 'f2', name: 'sums.csv', mediaType: 'text/plain', size: 12 },
        { type: 'text', text: 'Look at these.' },
      ],
    },
    { type: 'end', lines: 5, sha256: h('0') },
  ]
  await page.getByLabel('Choose an export').setInputFiles({
    name: 'one.jsonl',
    mimeType: 'application/jsonl',
    buffer: Buffer.from(lines.map((l) => JSON.stringify(l) + '\n').join('')),
  })
  const card = page.getByRole('listitem').filter({ hasText: 'one.jsonl' })
  await expect(card).toContainText('2 attached files: they are not in this export')
  await card.getByRole('button', { name: 'Import', exact: true }).click()
  await card.getByText('Open a conversation').click()
  await card.getByRole('link', { name: 'Missing' }).click()
  await expect(page.getByText('is not stored here')).toHaveCount(1)
  await page.getByRole('link', { name: 'Download sums.csv' }).click()
  await expect(page.getByText('is not stored here')).toHaveCount(2)
  await expectNoViolations(page)
})
