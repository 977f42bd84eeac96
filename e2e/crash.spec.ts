import { isEnding } from '#shared/run-event.ts'
import { expect, test } from './fixtures.ts'
import { SERVER_GONE } from './page-guard.ts'
import { chatCalls, chats } from './scripts.ts'

test.use({
  entry: 'product',
  provider: { upstream: 'fake', api: 'chat_completions' },
})

const HALF = 'Everything up to here was shown.'

test('a crash during an answer loses nothing that was shown, books an estimate, and Retry works', async ({
  api,
  chat,
  fake,
  guard,
  tally,
}) => {
  guard.allow(SERVER_GONE)
  fake.setScript(
    chats({ parts: [{ text: HALF }, { fault: 'stall' }] }, { parts: [{ text: 'Whole again.' }] }),
  )
  await chat.open()
  await chat.send('Tell me')
  await expect(chat.answer.root).toContainText(HALF)
  const id = await chat.conversationId()

  expect(await tally.kill()).toMatchObject({ signal: 'SIGKILL' })
  await expect(chat.answer.root).toContainText(HALF)
  await tally.start()

  await expect(chat.answer.root).toContainText(/interrupted/i)
  await expect(chat.answer.root).toContainText(HALF)
  expect(chatCalls(fake)).toHaveLength(1)
  const { messages } = await api.conversation(id)
  expect(messages.at(-1)).toMatchObject({ status: 'interrupted' })
  const events = await api.ended({ id: messages.at(-1)?.runId ?? '' })
  expect(events.filter(({ event }) => isEnding(event))).toEqual([events.at(-1)])
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))

  const runId = messages.at(-1)?.runId ?? ''
  await expect
    .poll(async () => (await api.receipt(runId)).items)
    .toMatchObject([{ status: 'failed', certainty: 'estimated' }])
  const { totals } = await api.receipt(runId)
  expect(totals.outputTokens).toBeGreaterThan(0)
  expect((await api.usage('model')).totals).toEqual(totals)

  await chat.answer.retryButton.click()
  await expect(chat.answer.root).toContainText('Whole again.')
})

test('SIGTERM stops runs cleanly, tells readers to reconnect and exits 0', async ({
  api,
  chat,
  fake,
  guard,
  tally,
}) => {
  guard.allow(SERVER_GONE)
  fake.setScript(chats({ parts: [{ text: HALF }, { fault: 'stall' }] }))
  await chat.open()
  await chat.send('Tell me')
  await expect(chat.answer.root).toContainText(HALF)
  const id = await chat.conversationId()

  expect(await tally.terminate()).toEqual({ code: 0, signal: null })
  await chatCalls(fake)[0]?.over
  expect(chatCalls(fake)[0]?.closedEarly).toBe(true)
  await tally.start()

  await expect(chat.answer.root).toContainText(/stopped|interrupted/i)
  await expect(chat.answer.root).toContainText(HALF)
  await expect(chat.answer.retryButton).toBeVisible()
  const { messages } = await api.conversation(id)
  expect(['stopped', 'interrupted']).toContain(messages.at(-1)?.status)
})

test('a message sent while the server is down waits and arrives once', async ({
  chat,
  fake,
  guard,
  tally,
}) => {
  guard.allow(SERVER_GONE)
  fake.setScript(chats({ parts: [{ text: 'Good morning.' }] }, { parts: [{ text: 'Here I am.' }] }))
  await chat.open()
  await chat.send('Good morning')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await tally.kill()
  await chat.send('Anybody there?')
  await expect(chat.answer.root).toContainText(/not sent yet/i)
  await expect(chat.questions.last()).toContainText('Anybody there?')

  await tally.start()
  await expect(chat.answer.root).toContainText('Here I am.')
  await expect(chat.questions).toHaveCount(2)
  expect(chatCalls(fake)).toHaveLength(2)
})

test('a freshly loaded page keeps a message sent while the server is down', async ({
  chat,
  fake,
  guard,
  page,
  tally,
}) => {
  guard.allow(SERVER_GONE)
  fake.setScript(chats({ parts: [{ text: 'Here I am.' }] }))
  await chat.open()
  await tally.kill()
  await chat.send('Anybody there?')
  await expect(page.getByRole('alert').or(chat.answer.root)).toBeVisible()

  await tally.start()
  await page.reload()
  if ((await chat.composer.inputValue()) !== '') await chat.sendButton.click()
  await expect(chat.answer.root).toContainText('Here I am.')
  await expect(chat.questions).toHaveCount(1)
  expect(chatCalls(fake)).toHaveLength(1)
})
