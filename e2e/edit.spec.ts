import { expectNoViolations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { chatCalls, chats } from './scripts.ts'

test.use({
  contextOptions: { reducedMotion: 'reduce' },
  provider: { upstream: 'fake', api: 'chat_completions' },
})

test('an own message is edited after a failure, and its versions switch in place', async ({
  api,
  chat,
  fake,
  page,
}) => {
  fake.setScript(
    chats(
      { parts: [{ text: 'It is 21' }, { fault: 'cut_off' }] },
      { parts: [{ text: 'It is 391.' }] },
      { parts: [{ text: 'It is 408.' }] },
    ),
  )
  await chat.open()
  await chat.send('What is 17 * 32?')
  await expect(chat.answer.retryButton).toBeVisible()
  const question = chat.questionAt(0)
  await question.editButton.click()
  await expect(question.editor).toBeFocused()
  await expect(question.editor).toHaveValue('What is 17 * 32?')
  await expectNoViolations(page)
  await question.editor.fill('What is 17 * 23?')
  await question.editor.press('Enter')
  await expect(chat.answer.root).toContainText('It is 391.')
  await expect(chat.questions).toHaveCount(1)
  await expect(question.root).toContainText('Version 2 of 2')

  await chat.send('And 17 more?')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  const [first] = (await api.conversation(await chat.conversationId())).messages
  expect(first?.siblingIds).toHaveLength(2)
  const sent = JSON.stringify(chatCalls(fake).at(-1)?.body)
  expect(sent).toContain('17 * 23')
  expect(sent).not.toContain('17 * 32')

  await question.previousVersion.click()
  await expect(question.root).toContainText('What is 17 * 32?')
  await expect(question.root).toContainText('Version 1 of 2')
  await expect(chat.answers).toHaveCount(1)
  await question.nextVersion.click()
  await expect(chat.answer.root).toContainText('It is 408.')
  await expect(chat.questionAt(1).root).toContainText('And 17 more?')
})

test('a later message is edited and copied with the keyboard', async ({
  chat,
  context,
  fake,
  page,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  fake.setScript(chats({ parts: [{ text: 'Yes.' }] }))
  await chat.open()
  await chat.send('Are you there?')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await chat.send('Is it late?')
  await expect(chat.answers).toHaveCount(2)
  await expect(chat.answer.tryAgainButton).toBeVisible()

  const question = chat.questionAt(1)
  await question.copyButton.focus()
  await expect(question.copyButton.locator('..')).toHaveCSS('opacity', '1')
  await page.keyboard.press('Enter')
  await expect(question.root.getByRole('status')).toHaveText('Copied')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('Is it late?')

  await page.keyboard.press('Tab')
  await expect(question.editButton).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(question.editor).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(question.editButton).toBeFocused()
  await page.keyboard.press('Enter')
  await question.editor.fill('Is it early?')
  await question.root.getByRole('button', { name: 'Send' }).click()
  await expect(question.root).toContainText('Version 2 of 2')
  await expect(question.root).toContainText('Is it early?')
  await expect(chat.questionAt(0).root).toContainText('Are you there?')
  await expect(chat.questions).toHaveCount(2)
})
