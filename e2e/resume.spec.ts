import { foldAll } from '#shared/fold-run.ts'
import { messageText } from '#shared/message-text.ts'
import { expect, test } from './fixtures.ts'
import { recordText } from './record-text.ts'
import { chatCalls, chats, barrier } from './scripts.ts'

test.use({ provider: { upstream: 'fake', api: 'responses' } })

const BEGIN = 'One, two, three, four. '
const MIDDLE = 'Five, six, seven, eight. '
const END = 'Nine, ten, and out.'

test('a reload during an answer continues it, complete, once and in order', async ({
  api,
  chat,
  fake,
  page,
}) => {
  const [afterBegin, afterMiddle] = [barrier(), barrier()]
  fake.setScript(
    chats({
      parts: [{ text: BEGIN }, afterBegin.part, { text: MIDDLE }, afterMiddle.part, { text: END }],
    }),
  )
  await chat.open()
  await chat.send('Count')
  await expect(chat.answer.root).toContainText('three, four.')

  await page.reload()
  await expect(chat.answer.root).toContainText('three, four.')
  await expect(chat.stopButton).toBeVisible()
  const texts = await recordText(chat.answer.root.locator('.markdown').first())
  afterBegin.open()
  await expect(chat.answer.root).toContainText('seven, eight.')
  afterMiddle.open()
  await expect(chat.answer.tryAgainButton).toBeVisible()

  await expect(chat.answer.root).toContainText((BEGIN + MIDDLE + END).trim())
  const seen = await texts.stop()
  for (const [index, text] of seen.entries()) {
    expect(text.length).toBeGreaterThanOrEqual(seen[index - 1]?.length ?? 0)
  }
  expect(chatCalls(fake)).toHaveLength(1)
  const { messages } = await api.conversation(await chat.conversationId())
  expect(messages.map(messageText)).toEqual(['Count', BEGIN + MIDDLE + END])
  // A program reads the same from the log.
  const { message } = foldAll(await api.ended({ id: messages.at(-1)?.runId ?? '' }))
  expect(message && messageText(message)).toBe(BEGIN + MIDDLE + END)
})

test('an answer continues without an open page', async ({ chat, fake, page }) => {
  const gate = barrier()
  fake.setScript(chats({ parts: [{ text: BEGIN }, gate.part, { text: END }] }))
  await chat.open()
  await chat.send('Count')
  await expect(chat.answer.root).toContainText('three, four.')
  const address = page.url()
  await page.goto('about:blank')
  gate.open()
  await chatCalls(fake)[0]?.over
  expect(chatCalls(fake)[0]?.closedEarly).toBe(false)

  await page.goto(address)
  await expect(chat.answer.root).toContainText((BEGIN + END).trim())
  await expect(chat.stopButton).toBeHidden()
})

test('two tabs on one conversation stream the same answer, and a stop in one is seen in the other', async ({
  chat,
  fake,
}) => {
  const gate = barrier()
  fake.setScript(chats({ parts: [{ text: BEGIN }, gate.part, { text: END }] }))
  await chat.open()
  await chat.send('Count')
  await expect(chat.answer.root).toContainText('three, four.')

  const second = await chat.openTab()
  await second.openConversation(await chat.conversationId())
  await expect(second.answer.root).toContainText('three, four.')
  await expect(second.stopButton).toBeVisible()
  gate.open()

  for (const tab of [chat, second]) {
    await expect(tab.answer.root).toContainText((BEGIN + END).trim())
    await expect(tab.answers).toHaveCount(1)
    await expect(tab.questions).toHaveCount(1)
    await expect(tab.answer.tryAgainButton).toBeVisible()
  }
  expect(chatCalls(fake)).toHaveLength(1)

  fake.setScript(chats({ parts: [{ text: BEGIN }, { fault: 'stall' }] }))
  await chat.send('Count again')
  await expect(second.answers).toHaveCount(2)
  await expect(second.answer.root).toContainText('three, four.')
  await second.stopButton.click()
  for (const tab of [chat, second]) {
    await expect(tab.answer.root).toContainText(/stopped/i)
    await expect(tab.sendButton).toBeVisible()
  }
})

test('an answer survives a network outage', async ({ chat, context, fake, guard }) => {
  guard.allow(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK|Failed to fetch|network error/i)
  const gate = barrier()
  fake.setScript(chats({ parts: [{ text: BEGIN }, gate.part, { text: END }] }))
  await chat.open()
  await chat.send('Count')
  await expect(chat.answer.root).toContainText('three, four.')

  await context.setOffline(true)
  gate.open()
  await chatCalls(fake)[0]?.over
  await expect(chat.answer.root).toContainText('three, four.')
  await context.setOffline(false)

  await expect(chat.answer.root).toContainText((BEGIN + END).trim())
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await expect(chat.answers).toHaveCount(1)
})
