import type { Answer } from './fake-answer.ts'
import { expect, test } from './fixtures.ts'
import { chatCalls, chats } from './scripts.ts'

const HALF: Answer = {
  parts: [{ text: 'The first half of the answer.' }, { fault: 'stall' }],
}

test.use({ provider: { upstream: 'fake', api: 'responses' } })

test('Stop ends the upstream request, keeps the text, books an estimate and offers Retry', async ({
  api,
  chat,
  fake,
  page,
}) => {
  fake.setScript(chats(HALF, { parts: [{ text: 'The whole answer.' }] }))
  await chat.open()
  await chat.send('Tell me all')
  await expect(chat.answer.root).toContainText('The first half of the answer.')
  await expect(chat.sendButton).toBeHidden()

  await chat.stopButton.click()

  await expect(chat.answer.root).toContainText(/stopped/i)
  await expect(chat.answer.root).toContainText('The first half of the answer.')
  await expect(chat.sendButton).toBeVisible()
  await expect(chat.composer).toBeFocused()
  const [call] = chatCalls(fake)
  await call?.over
  expect(call?.closedEarly).toBe(true)
  await expect(chat.answer.receiptButton).toHaveAccessibleName(/^Receipt: [≈≥]\$/)
  const { messages } = await api.conversation(await chat.conversationId())
  const { items } = await api.receipt(messages.at(-1)?.runId ?? '')
  expect(items).toHaveLength(1)
  expect(items[0]).toMatchObject({ status: 'stopped', certainty: 'estimated' })

  await page.reload()
  await expect(chat.answer.root).toContainText('The first half of the answer.')
  await expect(chat.answer.root).toContainText(/stopped/i)
  await expect(chat.stopButton).toBeHidden()
  expect(chatCalls(fake)).toHaveLength(1)

  await chat.answer.retryButton.click()
  await expect(chat.answer.root).toContainText('The whole answer.')
  await expect(chat.answers).toHaveCount(1)
})

test('Escape stops as well, also before the first token, and the next question includes the half', async ({
  chat,
  fake,
  page,
}) => {
  fake.setScript(chats({ instead: 'hang' }, HALF, { parts: [{ text: 'Understood.' }] }))
  await chat.open()
  await chat.send('Tell me all')
  await fake.called(1)
  await chat.stopButton.click()
  await expect(chat.answer.root).toContainText(/stopped/i)
  await expect(chat.answer.retryButton).toBeVisible()
  await fake.calls[0]?.over
  expect(fake.calls[0]?.closedEarly).toBe(true)

  await chat.answer.retryButton.click()
  await expect(chat.answer.root).toContainText('The first half')
  await page.keyboard.press('Escape')
  await expect(chat.answer.root).toContainText(/stopped/i)
  await expect(chat.stopButton).toBeHidden()

  await chat.send('Go on')
  await expect(chat.answer.root).toContainText('Understood.')
  const sent = JSON.stringify(chatCalls(fake).at(-1)?.body)
  expect(sent).toContain('The first half of the answer.')
  expect(sent).toContain('Go on')
})
