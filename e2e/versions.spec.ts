import type { Locator } from '@playwright/test'
import { expectNoViolations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { importTurns } from './import-turns.ts'
import { chatCalls, chats } from './scripts.ts'

test.use({
  contextOptions: { reducedMotion: 'reduce' },
  provider: { upstream: 'fake', api: 'chat_completions' },
})

test('an answer is tried again with another model, and the versions are compared', async ({
  chat,
  fake,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 780 })
  fake.setScript(
    chats(
      { parts: [{ text: 'The **sky** is blue.' }] },
      { parts: [{ text: 'A later answer.' }] },
      { parts: [{ text: 'The sky is deep blue.' }] },
      { parts: [{ text: 'The **sky** is grey.\n\n| Hour | Colour |\n|---|---|\n| 9 | grey |' }] },
    ),
  )
  await chat.open()
  await chat.send('Which colour has the sky?')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await chat.send('And now?')
  await expect(chat.answer.root).toContainText('A later answer.')
  await expect(chat.answer.tryAgainButton).toBeVisible()

  // Not the last answer, and from the keyboard.
  const choose = chat.answerAt(0).root.getByRole('button', { name: 'Answer again with…' })
  await choose.focus()
  await page.keyboard.press('Enter')
  const models = page.getByRole('menuitemradio')
  await expect(models.first()).toBeVisible()
  await expectNoViolations(page)
  await models.last().click()
  await expect(chat.answer.root).toContainText('The sky is deep blue.')
  await expect(chat.answers).toHaveCount(1)
  await chat.answer.tryAgainButton.click()
  await expect(chat.answer.root).toContainText('The sky is grey.')
  await expect(chat.answer.root).toContainText('Version 3 of 3')

  await chat.answer.root.getByRole('button', { name: 'Compare versions' }).click()
  const dialog = page.getByRole('dialog', { name: 'Compare versions' })
  const second = dialog.getByRole('region', { name: 'Second version' })
  // What is compared is what a reader sees.
  await expect(second.locator('p ins')).toContainText('grey')
  await expect(second.locator('td ins')).toHaveCount(2)
  await expect(second.locator('strong')).toHaveText('sky')
  await dialog.getByRole('combobox', { name: 'First version' }).selectOption('Version 1')
  const first = dialog.getByRole('region', { name: 'First version' })
  await expect(first.locator('del')).toContainText('blue')
  await expect(first).toContainText('$')
  await expectNoViolations(page)
  const [one, two] = [await first.boundingBox(), await second.boundingBox()]
  expect(two?.y).toBeGreaterThan((one?.y ?? 0) + (one?.height ?? 0))
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  // Each click counts, however quick.
  await chat.answer.previousVersion.dblclick()
  await expect(chat.answers).toHaveCount(2)
  expect(chatCalls(fake)).toHaveLength(4)
  await page.setViewportSize({ width: 1280, height: 780 })
  await chat.answerAt(0).root.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(page.getByText('Deleted version 1 of 3.')).toBeVisible()
})

test('selected text is quoted, and copied with names', async ({ chat, context, fake, page }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  fake.setScript(chats({ parts: [{ text: 'First line.\n\n- one\n- two' }] }))
  await chat.open()
  await chat.send('What is there?')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await chat.composer.fill('See:')

  const select = () =>
    chat.transcript.evaluate((log) => {
      const [question, answer] = log.querySelectorAll('article')
      const items = answer?.querySelectorAll('li')
      if (question && items) document.getSelection()?.setBaseAndExtent(question, 0, items[1]!, 1)
    })
  await select()
  await page.keyboard.press('Control+c')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    'You:\nWhat is there?\n\nAssistant:\nFirst line.\n\none\ntwo',
  )
  await chat.answer.root.locator('.markdown p').first().selectText()
  const quote = page.getByRole('button', { name: 'Quote' })
  await expect(quote).toBeVisible()
  await expectNoViolations(page)
  await quote.focus()
  await page.keyboard.press('Enter')
  await expect(chat.composer).toHaveValue('See:\n\n> First line.\n\n')
  await expect(quote).toBeHidden()
  await expect(chat.composer).toBeFocused()
})

test('an old message is edited, and its versions switch where they are', async ({
  api,
  chat,
  fake,
  page,
}) => {
  fake.setScript(chats({ parts: [{ text: 'Answer.\n\n'.repeat(4) }] }))
  const asked = Array.from({ length: 30 }, (_, n) => `Question no. ${n + 1}.`)
  await chat.openConversation(await importTurns(api, asked, 'Answer.\n\n'.repeat(4)))
  await expect(page.getByText('Question no. 30.')).toBeInViewport()
  const question = chat.transcript
    .getByRole('article', { name: 'You', exact: true })
    .filter({ hasText: /no\. 3[.!]/ })
  await expect(async () => {
    await chat.transcript.evaluate((log) => (log.scrollTop = 0))
    await expect(question).toBeAttached({ timeout: 500 })
  }).toPass()
  await question.getByRole('button', { name: 'Edit', exact: true }).click()
  await question.getByRole('textbox', { name: 'Edit message' }).fill('Question no. 3!')
  await page.keyboard.press('Enter')
  await expect(chat.answers).toHaveCount(3)
  await expect(chat.answer.tryAgainButton).toBeVisible()

  const before = await restingTop(question)
  await question.getByRole('button', { name: 'Previous version' }).click()
  await expect(chat.questions).toHaveCount(30)
  await expect(question).toContainText('Question no. 3.')
  expect(Math.abs((await restingTop(question)) - before)).toBeLessThan(3)
  await question.getByRole('button', { name: 'Next version' }).click()
  await expect(chat.questions).toHaveCount(3)
  await expect(question).toBeInViewport()
})

/** Where it stands once it has stopped moving: what loads late below an answer moves the end of the thread. */
async function restingTop(message: Locator): Promise<number> {
  let top = Number.NaN
  await expect(async () => {
    const before = top
    top = (await message.boundingBox())?.y ?? Number.NaN
    expect(top).toBe(before)
  }).toPass({ intervals: [100] })
  return top
}
