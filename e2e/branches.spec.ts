import { expect, test } from './fixtures.ts'
import { chatCalls, chats } from './scripts.ts'

test.use({ provider: { upstream: 'fake', api: 'chat_completions' } })

test('a retry adds a version, the user switches between them, and the model receives the selected one', async ({
  api,
  chat,
  fake,
  page,
}) => {
  fake.setScript(
    chats(
      { parts: [{ text: 'The first answer.' }, { fault: 'cut_off' }] },
      { parts: [{ text: 'The second answer.' }] },
      { parts: [{ text: 'A later answer.' }] },
      { parts: [{ text: 'Another one.' }] },
    ),
  )
  await chat.open()
  await chat.send('Question')
  await chat.answer.retryButton.click()
  await expect(chat.answer.root).toContainText('The second answer.')
  await expect(chat.answer.root).toContainText(/2\s*(\/|of)\s*2/)
  await chat.send('Next question')
  await expect(chat.answer.root).toContainText('A later answer.')
  const sent = JSON.stringify(chatCalls(fake).at(-1)?.body)
  expect(sent).toContain('The second answer.')
  expect(sent).not.toContain('The first answer.')

  await chat.answerAt(0).previousVersion.click()
  await expect(chat.answerAt(0).root).toContainText('The first answer.')
  await expect(chat.answers).toHaveCount(1)
  await page.reload()
  await expect(chat.answerAt(0).root).toContainText('The first answer.')

  await chat.answerAt(0).nextVersion.click()
  await expect(chat.answerAt(0).root).toContainText('The second answer.')
  await expect(chat.answers).toHaveCount(2)

  // One that is complete, too.
  await chat.answer.tryAgainButton.click()
  await expect(chat.answer.root).toContainText('Another one.')
  await expect(chat.answer.root).toContainText('2/2')
  await expect(chat.answers).toHaveCount(2)
  const { totals } = await api.conversation(await chat.conversationId())
  expect(totals.calls).toBeGreaterThanOrEqual(4)
})
