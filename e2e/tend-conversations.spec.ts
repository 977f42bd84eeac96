import { readFile } from 'node:fs/promises'
import { expect, test } from './fixtures.ts'
import { chats } from './scripts.ts'

test('conversations are listed newest first, renamed, deleted, restored by Undo and deleted for good', async ({
  api,
  chat,
  page,
}) => {
  await api.createConversation({ title: 'Old name' })
  const run = await api.say('Hello')
  await api.ended(run)
  await api.updateConversation(run.conversationId, { title: 'Delete me' })
  await chat.openConversation(run.conversationId)
  await expect(chat.answers).toHaveCount(1)
  await expect(chat.sidebar.conversations).toHaveText([/Delete me/, /Old name/])
  await expect(chat.sidebar.conversation('Delete me')).toHaveAttribute('aria-current', 'page')
  await chat.sidebar.rename('Old name', 'Keep me')
  await expect(chat.sidebar.conversation('Keep me')).toBeVisible()
  await page.reload()
  await expect(chat.sidebar.conversations).toHaveText([/Delete me/, /Keep me/])

  await chat.sidebar.newChatButton.click()
  await expect(page).toHaveURL(/\/$/)
  await expect(chat.composer).toBeFocused()
  await expect(chat.answers).toHaveCount(0)
  await expect(chat.sidebar.conversations).toHaveCount(2)
  await page.goBack()
  await expect(chat.answers).toHaveCount(1)

  await chat.sidebar.delete('Delete me')
  await expect(chat.sidebar.conversations).toHaveText([/Keep me/])
  await chat.sidebar.undoButton.click()
  await expect(chat.sidebar.conversation('Delete me')).toBeVisible()
  await chat.sidebar.conversation('Delete me').click()
  await expect(chat.answers).toHaveCount(1)

  await chat.sidebar.delete('Delete me')
  await expect(chat.sidebar.conversations).toHaveText([/Keep me/])
  await page.reload()
  await expect(chat.composer).toBeVisible()
  await expect(chat.sidebar.conversations).toHaveText([/Keep me/])
  expect((await api.conversations()).items.map(({ title }) => title)).toEqual(['Keep me'])
})

test('a conversation is saved in each format, by mouse and by keyboard', async ({
  api,
  chat,
  page,
}) => {
  const run = await api.say('What is 2+2?')
  await api.ended(run)
  const title = 'Sum: “2+2”'
  await api.updateConversation(run.conversationId, { title })
  await chat.openConversation(run.conversationId)

  const markdown = await chat.sidebar.export(title, 'Markdown')
  expect(markdown.suggestedFilename()).toBe('Sum “2+2”.md')
  const text = await readFile(await markdown.path(), 'utf8')
  expect(text).toContain(`# ${title}`)
  expect(text).toContain('## You\n\nWhat is 2+2?')
  expect(text).toContain('<summary>Tool: calculate')

  const lines = await chat.sidebar.export(title, 'JSONL')
  expect(lines.suggestedFilename()).toBe('Sum “2+2”.jsonl')
  expect(await readFile(await lines.path(), 'utf8')).toMatch(/^\{"type":"format"/)

  // An item that appears below the pointer takes the focus.
  await page.mouse.move(0, 0)
  await chat.sidebar.root.getByRole('button', { name: `Options for “${title}”` }).press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Markdown' })).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('menuitem', { name: 'Export' })).toBeFocused()
  for (const _ of ['Markdown', 'JSONL', 'ChatGPT']) await page.keyboard.press('ArrowDown')
  const download = page.waitForEvent('download')
  await page.keyboard.press('Enter')
  expect((await download).suggestedFilename()).toBe('Sum “2+2”.json')
})

test.describe('during an answer', () => {
  test.use({ provider: { upstream: 'fake', api: 'responses' } })

  test('after Undo the stopped answer shows why it stopped', async ({ chat, fake }) => {
    fake.setScript(chats({ parts: [{ text: 'The first half.' }, { fault: 'stall' }] }))
    await chat.open()
    await chat.send('Tell me all')
    await expect(chat.answer.root).toContainText('The first half.')
    await chat.sidebar.delete('Tell me all')
    await chat.sidebar.undoButton.click()

    await expect(chat.answer.root).toContainText('stopped when its conversation was deleted')
    await expect(chat.answer.root).not.toContainText('You stopped this answer')
    await expect(chat.answer.retryButton).toBeVisible()
  })
})

test('an unknown conversation shows a message and a link', async ({ guard, page }) => {
  guard.allow(/404/)
  await page.goto('/c/0199a000-0000-7000-8000-000000000000')

  await expect(page.getByText(/no such conversation|not found|does not exist/i)).toBeVisible()
  await expect(page.getByRole('button', { name: 'New chat' }).first()).toBeVisible()
})

test('a list longer than a page loads more', async ({ api, chat }) => {
  for (let n = 1; n <= 45; n++) await api.createConversation({ title: `Talk no. ${n}.` })
  await chat.open()
  await expect(chat.sidebar.conversation('Talk no. 45.')).toBeVisible()

  await expect(async () => {
    await chat.sidebar.conversations.last().scrollIntoViewIfNeeded()
    await expect(chat.sidebar.conversation('Talk no. 1.')).toBeVisible({ timeout: 500 })
  }).toPass()
  await expect(chat.sidebar.conversations).toHaveCount(45)
})
