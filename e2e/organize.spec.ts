// Keeping conversations in order: pinned, archived, in folders, unread, many at once, by mouse and keyboard.
import { expectNoViolations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { chats } from './scripts.ts'

test('conversations are pinned, filed, archived and brought back', async ({ api, chat, page }) => {
  for (const title of ['Alpha', 'Beta', 'Gamma']) await api.createConversation({ title })
  await chat.open()
  const { sidebar } = chat
  await sidebar.choose('Alpha', 'Pin')
  await expect(sidebar.conversations).toHaveText([/Alpha/, /Gamma/, /Beta/])
  await expect(sidebar.root.getByRole('heading', { name: 'Pinned' })).toBeVisible()

  await sidebar.choose('Beta', 'Move to folder')
  await page.getByRole('textbox', { name: 'New folder' }).fill('Work')
  await page.getByRole('button', { name: 'Make and move' }).click()
  const folder = sidebar.root.getByRole('button', { name: 'Work', exact: true })
  await expect(folder).toHaveAttribute('aria-expanded', 'false')
  await expect(sidebar.conversations).toHaveText([/Alpha/, /Gamma/])
  await folder.click()
  await expect(sidebar.conversation('Beta')).toBeVisible()

  await sidebar.conversation('Gamma').dragTo(folder)
  await expect(page.getByText('Moved “Gamma” to “Work”.')).toBeVisible()
  await sidebar.choose('Gamma', 'Move to folder')
  await page.getByRole('button', { name: 'No folder' }).click()
  await sidebar.choose('Gamma', 'Archive')
  await expect(sidebar.conversations).toHaveText([/Alpha/, /Beta/])
  await page.reload()
  await expect(sidebar.conversations).toHaveText([/Alpha/, /Beta/])
  await sidebar.list('Archived')
  await expect(sidebar.conversations).toHaveText([/Gamma/])
  await sidebar.choose('Gamma', 'Unarchive')
  await expect(sidebar.root.getByText('Nothing is archived')).toBeVisible()
  await sidebar.root.getByRole('button', { name: 'Back to conversations' }).click()
  await expect(sidebar.conversations).toHaveText([/Alpha/, /Beta/, /Gamma/])

  await sidebar.list('Select')
  await sidebar.root.getByRole('checkbox', { name: 'Alpha' }).check()
  await sidebar.root.getByRole('checkbox', { name: 'Gamma' }).click({ modifiers: ['Shift'] })
  const bar = page.getByRole('toolbar', { name: 'Selected conversations' })
  await expect(bar).toContainText('3 selected')
  await bar.getByRole('button', { name: 'Delete' }).click()
  await expect(sidebar.conversations).toHaveCount(0)
  await expect(page.getByText('Deleted 3 conversations.')).toBeVisible()
  await sidebar.undoButton.last().click()
  await expect(sidebar.conversations).toHaveText([/Alpha/, /Beta/, /Gamma/])
})

test.describe('a folder', () => {
  test.use({ provider: { upstream: 'fake', api: 'chat_completions' } })

  test('gives its new chats instructions, and is unread until they are seen', async ({
    api,
    chat,
    fake,
    page,
  }) => {
    fake.setScript(chats({ parts: [{ text: 'Very short.' }] }))
    await chat.open()
    await chat.sidebar.list('New folder')
    await page.getByRole('textbox', { name: 'Name' }).fill('Work')
    await page.getByRole('textbox', { name: 'Instructions' }).fill('Answer in two words.')
    await page.getByRole('textbox', { name: 'Budget in dollars' }).fill('5')
    await page.getByRole('button', { name: 'Save' }).click()
    await chat.sidebar.root.getByRole('button', { name: 'Options for the folder “Work”' }).click()
    await page.getByRole('menuitem', { name: 'New chat in this folder' }).click()
    await expect(page.getByText('New chat in Work')).toBeVisible()
    await chat.send('How long?')
    await expect(chat.answer.root).toContainText('Very short.')
    const sent = JSON.stringify(fake.calls.at(0)?.body)
    expect(sent).toContain('Answer in two words.')
    const [made] = (await api.conversations('?order=newest')).items
    await api.updateConversation(made?.id ?? '', { title: 'Length' })
    await expect(async () => {
      expect((await api.conversation(made?.id ?? '')).unread).toBe(false)
    }).toPass()

    await chat.sidebar.newChatButton.first().click()
    await api.ended(await api.startRun(made?.id ?? '', { text: 'Again' }))
    const folder = chat.sidebar.root.getByRole('button', { name: /^Work/ })
    await expect(folder).toHaveAccessibleName('Work Unread')
    await folder.click()
    await expect(chat.sidebar.root.getByText('Unread')).toBeVisible()
    await chat.sidebar.conversation('Length').click()
    await expect(chat.sidebar.root.getByText('Unread')).toHaveCount(0)
    await expect(async () => {
      expect((await api.conversation(made?.id ?? '')).unread).toBe(false)
    }).toPass()
  })
})

test('the list is one tab stop, arrows move in it, and its screens pass axe', async ({
  api,
  chat,
  page,
}) => {
  for (const title of ['Alpha', 'Beta', 'Gamma']) await api.createConversation({ title })
  const answer = await api.post('/api/folders', { name: 'Work', budgetNanoUsd: 1e9 })
  expect(answer.status).toBe(201)
  await chat.open()
  const { sidebar } = chat
  const folder = sidebar.root.getByRole('button', { name: 'Work', exact: true })
  await expect(folder).toBeVisible()
  await sidebar.root.getByRole('searchbox', { name: 'Search' }).focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('End')
  await expect(sidebar.conversation('Alpha')).toBeFocused()
  await page.keyboard.press('Home')
  await expect(folder).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(folder).toHaveAttribute('aria-expanded', 'true')
  await expect(sidebar.root.getByText('No conversations')).toBeVisible()
  await page.keyboard.press('ArrowLeft')
  await expect(folder).toHaveAttribute('aria-expanded', 'false')
  await page.keyboard.press('ArrowDown')
  await expect(sidebar.conversation('Gamma')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(sidebar.root.locator(':focus')).toHaveCount(0)
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeFocused()
  await page.keyboard.press('Escape')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('F2')
  await expect(page.getByRole('textbox', { name: 'Conversation title' })).toBeFocused()
  await page.keyboard.press('Escape')

  await page.setViewportSize({ width: 390, height: 844 })
  await expect(page.getByRole('button', { name: 'New chat' })).toBeVisible()
  await page.getByRole('button', { name: 'Open sidebar' }).click()
  const drawer = page.getByRole('dialog', { name: 'Conversations' })
  await expectNoViolations(page)
  await drawer.getByRole('button', { name: 'List options' }).click()
  await page.getByRole('menuitem', { name: 'Select' }).click()
  await drawer.getByRole('checkbox', { name: 'Beta' }).check()
  await expectNoViolations(page)
  await drawer.getByRole('button', { name: 'Cancel selection' }).click()
  await drawer.getByRole('button', { name: 'Options for the folder “Work”' }).click()
  await page.getByRole('menuitem', { name: 'Folder settings' }).click()
  await expect(page.getByText('Spent so far: $0.00')).toBeVisible()
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await drawer.getByRole('button', { name: 'Options for “Beta”' }).click()
  await page.getByRole('menuitem', { name: 'Move to folder' }).click()
  await expect(page.getByRole('textbox', { name: 'New folder' })).toBeVisible()
  await expectNoViolations(page)
  await page.keyboard.press('Escape')
  await drawer.getByRole('button', { name: 'List options' }).click()
  await page.getByRole('menuitem', { name: 'Archived' }).click()
  await expect(drawer.getByText('Nothing is archived')).toBeVisible()
  await expectNoViolations(page)
})
