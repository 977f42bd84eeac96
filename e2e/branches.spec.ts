import { expect, test } from './fixtures.ts'
import { chatCalls, chats } from './scripts.ts'

test.use({ provider: { upstream: 'fake', api: 'chat_completions' } })

test('a retry adds a version, and the user can switch between versions', async ({
  chat,
  fake,
  page,
}) => {
  fake.setScript(
    chats(
      { parts: [{ text: 'The first answer.' }, { fault: 'cut_off' }] },
      { parts: [{ text: 'The second answer.' }] },
      { parts: [{ text: 'A later answer.' }] },
    ),
  )
  await chat.open()
  await chat.send('Question')
  await chat.answer.retryButton.click()
  await expect(chat.answer.root).toContainText('The second answer.')
  await expect(chat.answer.root).toContainText(/2\s*(\/|of)\s*2/)
  await chat.send('Next question')
  await expect(chat.answer.root).toContainText('A later answer.')

  await chat.answerAt(0).previousVersion.click()
  await expect(chat.answerAt(0).root).toContainText('The first answer.')
  await expect(chat.answers).toHaveCount(1)
  await page.reload()
  await expect(chat.answerAt(0).root).toContainText('The first answer.')

  await chat.answerAt(0).nextVersion.click()
  await expect(chat.answerAt(0).root).toContainText('The second answer.')
  await expect(chat.answers).toHaveCount(2)
})

test('the model receives only the selected branch', async ({ chat, fake }) => {
  fake.setScript(
    chats(
      { parts: [{ text: 'A wrong answer.' }, { fault: 'cut_off' }] },
      { parts: [{ text: 'A right answer.' }] },
      { parts: [{ text: 'Good.' }] },
    ),
  )
  await chat.open()
  await chat.send('Question')
  await chat.answer.retryButton.click()
  await expect(chat.answer.root).toContainText('A right answer.')
  await chat.send('Thanks')
  await expect(chat.answer.root).toContainText('Good.')

  const sent = JSON.stringify(chatCalls(fake).at(-1)?.body)
  expect(sent).toContain('A right answer.')
  expect(sent).not.toContain('A wrong answer.')
})

test('a complete answer can be retried', async ({ api, chat, fake }) => {
  fake.setScript(chats({ parts: [{ text: 'Heads.' }] }, { parts: [{ text: 'Tails.' }] }))
  await chat.open()
  await chat.send('Flip a coin')
  await expect(chat.answer.root).toContainText('Heads.')
  await chat.answer.tryAgainButton.click()

  await expect(chat.answer.root).toContainText('Tails.')
  await expect(chat.answer.root).toContainText('2/2')
  await expect(chat.answers).toHaveCount(1)
  const { totals } = await api.conversation(await chat.conversationId())
  expect(totals.calls).toBeGreaterThanOrEqual(2)
})
