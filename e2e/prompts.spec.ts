// The library of prompts: inserted from the keyboard, kept in order under settings, taken away and brought back.
import { readFile } from 'node:fs/promises'
import { expectNoViolations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { chatCalls, chats } from './scripts.ts'

test.use({ provider: { upstream: 'fake', api: 'chat_completions' } })

test('a prompt with variables is inserted and sent from the keyboard', async ({
  api,
  chat,
  fake,
  page,
}) => {
  fake.setScript(chats({ parts: [{ text: 'Guten Tag' }] }, { parts: [{ text: 'No such file' }] }))
  await chat.open()
  const { keyboard } = page
  const list = page.getByRole('listbox', { name: 'Prompts' })
  const active = list.getByRole('option', { selected: true })

  await chat.composer.focus()
  await keyboard.type('/')
  await expect(page.getByText('There are no prompts yet.')).toBeVisible()
  await expect(active).toHaveText('New prompt…')
  await keyboard.press('Enter')
  await keyboard.type('Translate')
  await keyboard.press('Tab')
  await keyboard.type('To {{language=German}}:\n{{text}}')
  await keyboard.press('Tab')
  await keyboard.press('Tab')
  await keyboard.press('Enter')

  const fill = page.getByRole('dialog', { name: 'Translate' })
  await expect(fill.getByLabel('language')).toBeFocused()
  await keyboard.press('Escape')
  await expect(fill).toBeHidden()
  await expect(chat.composer).toHaveValue('/')
  expect((await api.post('/api/prompts', { name: 'Brief', text: 'Be brief.' })).status).toBe(201)
  await page.reload()
  await chat.composer.fill('')

  await chat.composer.focus()
  await keyboard.type('/')
  await expect(active).toContainText('Brief')
  await expect(chat.composer).toHaveAttribute(
    'aria-controls',
    (await list.getAttribute('id')) ?? '',
  )
  await keyboard.press('ArrowDown')
  await expect(active).toContainText('Translate')
  await expect(chat.composer).toHaveAttribute(
    'aria-activedescendant',
    (await active.getAttribute('id')) ?? '',
  )
  await keyboard.press('ArrowUp')
  await keyboard.type('trans')
  await expect(active).toContainText('Translate')
  await keyboard.press('Tab')
  await keyboard.press('Tab')
  await keyboard.type('Good morning')
  await expect(fill.getByRole('region', { name: 'Preview' })).toContainText(
    'To German: Good morning',
  )
  await keyboard.press('Enter')
  await expect(chat.composer).toHaveValue('To German:\nGood morning')
  await expect(chat.composer).toBeFocused()
  await expect(chat.composer).not.toHaveAttribute('aria-controls')
  await keyboard.press('Enter')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  expect(JSON.stringify(chatCalls(fake)[0])).toContain('To German:\\nGood morning')

  await keyboard.type('/brief')
  await expect(active).toContainText('Brief')
  await keyboard.press('Escape')
  await expect(list).toBeHidden()
  await expect(chat.composer).toHaveValue('/brief')
  await chat.composer.fill('')
  await keyboard.type('1/2')
  await expect(list).toBeHidden()
  await chat.composer.fill('')
  await keyboard.type('/etc/hosts')
  await expect(page.getByText('Enter sends it as a message.')).toBeVisible()
  await expect(active).toHaveCount(0)
  await keyboard.press('Enter')
  await expect(chat.questions.last()).toContainText('/etc/hosts')
  await expect(list).toBeHidden()
})

test('prompts are managed, exported and imported on a small screen', async ({ chat, page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/settings/prompts')
  await expect(page.getByText('There are no prompts', { exact: true })).toBeVisible()
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'New prompt' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByRole('alert')).toHaveText('Look at the fields marked in red.')
  await dialog.getByLabel('Name').fill('Summarize')
  await dialog.getByLabel('Text').fill('Sum up {{text}}')
  await expectNoViolations(page)
  await dialog.getByRole('button', { name: 'Save' }).click()
  const card = page.getByRole('listitem').filter({ hasText: 'Summarize' })
  await expect(card).toContainText('Variables: text')
  await card.getByRole('button', { name: 'Edit Summarize' }).click()
  await dialog.getByLabel('Text').fill('Sum up {{text}} in {{count=3}} points')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(card).toContainText('Variables: text, count')

  const saving = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export' }).click()
  const saved = await readFile(await (await saving).path())
  await card.getByRole('button', { name: 'Delete Summarize' }).click()
  await expect(card).toBeHidden()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(card).toContainText('Variables: text, count')

  const choose = page.getByLabel('Import', { exact: true })
  const file = { name: 'prompts.json', mimeType: 'application/json' }
  await choose.setInputFiles({ ...file, buffer: saved })
  await expect(page.getByText('Imported: 0 added, 1 already there.')).toBeVisible()
  const other = [{ command: '/Summarize', content: 'Short' }, { title: 'W'.repeat(300) }]
  await choose.setInputFiles({ ...file, buffer: Buffer.from(JSON.stringify(other)) })
  await expect(page.getByText('“Summarize” is now “Summarize 2”.')).toBeVisible()
  await expect(page.getByText('It has no text.')).toBeVisible()
  await choose.setInputFiles({ ...file, buffer: Buffer.from('hello') })
  await expect(page.getByText('This is no file of prompts.')).toBeVisible()
  await expectNoViolations(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)

  await chat.open()
  await chat.composer.pressSequentially('/')
  await page.getByRole('option', { name: /^Summarize Sum/ }).hover()
  await expectNoViolations(page)
  await page.getByRole('option', { name: /^Summarize Sum/ }).click()
  await expectNoViolations(page)
  await dialog.getByRole('button', { name: 'Insert' }).click()
  await expect(chat.composer).toHaveValue('Sum up {{text}} in 3 points')
  await chat.composer.fill('')
  await chat.composer.pressSequentially('/')
  await page.getByRole('option', { name: 'Manage prompts' }).click()
  await expect(page.getByRole('heading', { name: 'Prompts' })).toBeVisible()
})
