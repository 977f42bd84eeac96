// A temporary chat from its beginning to its end: what marks it, what keeps it, and what is left of it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expectNoViolations } from './axe.ts'
import { expect, test } from './fixtures.ts'

const MARKER = 'Persimmon-4711'

test('a temporary chat is in no list, survives a reload, and is gone when it is closed', async ({
  api,
  chat,
  page,
  tally,
}) => {
  const { id: other } = await api.createConversation({ title: 'Other chat' })
  await chat.open()
  await page.getByRole('button', { name: 'Temporary chat' }).click()
  await expect(page.getByRole('heading', { name: 'Temporary chat', level: 1 })).toBeVisible()
  await expect(page.getByText('It is deleted for good when you close it')).toBeVisible()
  await page.setViewportSize({ width: 390, height: 844 })
  await expectNoViolations(page)

  await chat.send(`What is 17 * 23? ${MARKER}`)
  await expect(chat.answer.root).toContainText('391')
  const banner = page.getByRole('note', { name: 'Temporary chat' })
  await expect(banner).toContainText('deleted when you close it')
  await expectNoViolations(page)
  await page.setViewportSize({ width: 1280, height: 800 })
  const { pathname } = new URL(page.url())
  await expect(chat.sidebar.conversations).toHaveCount(1)
  await chat.composer.fill('A draft')
  await page.reload()
  await expect(chat.answer.root).toContainText('391')
  await expect(chat.composer).toHaveValue('A draft')
  await expect(banner).toBeVisible()

  // Looking at what it cost is no reason to lose it.
  await page.getByRole('link', { name: 'Usage' }).click()
  await expect(page.getByRole('heading', { name: 'Usage' })).toBeVisible()
  await page.goBack()
  await expect(banner).toBeVisible()

  await chat.sidebar.conversation('Other chat').click()
  await expect(page.getByText('The temporary chat was deleted.')).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`/c/${other}$`))
  await expect
    .poll(async () =>
      (await page.request.get(`/api${pathname.replace('/c', '/conversations')}`)).status(),
    )
    .toBe(404)
  const database = readFileSync(join(tally.dataDir, 'tally.db'), 'latin1')
  expect(database.includes(MARKER)).toBe(false)
  expect(
    await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('draft'))),
  ).toEqual([])
})

test('an answer is stopped with its temporary chat, and a kept one stays', async ({
  chat,
  page,
}) => {
  await chat.open()
  await page.keyboard.press('ControlOrMeta+Shift+E')
  await expect(page.getByRole('heading', { name: 'Temporary chat', level: 1 })).toBeVisible()
  await chat.send('Show me what Markdown can look like')
  await expect(chat.stopButton).toBeVisible()
  await page.getByRole('button', { name: 'New chat' }).first().click()
  await expect(
    page.getByText('The answer was stopped and the temporary chat deleted.'),
  ).toBeVisible()

  await page.keyboard.press('ControlOrMeta+Shift+E')
  await chat.send('What is 17 * 23?')
  await page.getByRole('button', { name: 'Keep this chat' }).click()
  await expect(chat.sidebar.conversation('What is 17 * 23?')).toBeVisible()
  await expect(page.getByRole('note', { name: 'Temporary chat' })).toHaveCount(0)
  await page.getByRole('button', { name: 'New chat' }).first().click()
  await chat.sidebar.conversation('What is 17 * 23?').click()
  await expect(chat.answer.root).toContainText('391')
})
