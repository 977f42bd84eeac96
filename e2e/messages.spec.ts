import { expectNoViolations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { chats } from './scripts.ts'

test.use({
  contextOptions: { reducedMotion: 'reduce' },
  provider: { upstream: 'fake', api: 'chat_completions' },
})

test('messages are deleted, restored, answered again and branched from', async ({
  chat,
  fake,
  page,
}) => {
  fake.setScript(
    chats(
      { parts: [{ text: 'Answer one.' }] },
      { parts: [{ text: 'Answer two.' }] },
      { parts: [{ text: 'Answer three.' }] },
      { parts: [{ text: 'Another answer.' }] },
      { parts: [{ text: 'In the branch.' }] },
    ),
  )
  await chat.open()
  for (const name of ['One', 'Two', 'Three']) {
    await chat.send(name)
    await expect(chat.answer.root).toContainText(`Answer ${name.toLowerCase()}.`)
    await expect(chat.answer.tryAgainButton).toBeVisible()
  }
  const toast = page.getByRole('button', { name: 'Undo' })

  // A question in the middle goes with its answer; what followed takes its place.
  await chat.questionAt(1).root.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(chat.questions).toHaveText([/One/, /Three/])
  await expect(chat.answers).toHaveCount(2)
  await page.reload()
  await expect(chat.questions).toHaveText([/One/, /Three/])
  await chat.answerAt(0).root.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(chat.answers).toHaveCount(1)
  await toast.click()
  await expect(chat.answers).toHaveCount(2)
  await expect(chat.answerAt(0).root).toContainText('Answer one.')

  // From the keyboard: everything from the last question on, and back.
  const more = chat.questionAt(1).root.getByRole('button', { name: 'More' })
  await more.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Copy as Markdown' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(chat.questions).toHaveText([/One/])
  await toast.click()
  await expect(chat.questions).toHaveText([/One/, /Three/])

  // A question without an answer is answered again.
  await chat.answerAt(1).root.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(chat.answers).toHaveCount(1)
  await chat.questionAt(1).root.getByRole('button', { name: 'Try again', exact: true }).click()
  await expect(chat.answer.root).toContainText('Another answer.')
  await expect(chat.questions).toHaveText([/One/, /Three/])

  await expectNoViolations(page)
  const original = await chat.conversationId()
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await chat.answerAt(0).root.getByRole('button', { name: 'Branch' }).click()
  await expect(page).not.toHaveURL(new RegExp(original))
  await expect(page).toHaveTitle(/\(branch\)/)
  await expect(chat.questions).toHaveText([/One/])
  await chat.send('Go on')
  await expect(chat.answer.root).toContainText('In the branch.')
  const billed = await chat.openBilled()
  await expect(billed).toContainText('Before branching')
  await billed.getByRole('link').first().click()
  await expect(page).toHaveURL(new RegExp(original))
  await expect(chat.questions).toHaveText([/One/, /Three/])
})
