import { expect, test } from './fixtures.ts'
import { chatCalls, chats } from './scripts.ts'

const HALF: Parameters<typeof chats>[0] = {
  parts: [{ text: 'The first half of the answer.' }, { fault: 'stall' }],
}

for (const api of ['responses', 'chat_completions'] as const) {
  test.describe(`over ${api}`, () => {
    test.use({ provider: { upstream: 'fake', api } })

    test('Stop ends the upstream request, keeps the text and offers Retry', async ({
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

      await page.reload()
      await expect(chat.answer.root).toContainText('The first half of the answer.')
      await expect(chat.answer.root).toContainText(/stopped/i)
      await expect(chat.stopButton).toBeHidden()
      expect(chatCalls(fake)).toHaveLength(1)

      await chat.answer.retryButton.click()
      await expect(chat.answer.root).toContainText('The whole answer.')
      await expect(chat.answers).toHaveCount(1)
    })
  })
}

test.describe('during an answer', () => {
  test.use({ provider: { upstream: 'fake', api: 'responses' } })

  test('Escape stops the answer', async ({ chat, fake, page }) => {
    fake.setScript(chats(HALF))
    await chat.open()
    await chat.send('Tell me all')
    await expect(chat.answer.root).toContainText('The first half')
    await page.keyboard.press('Escape')

    await expect(chat.answer.root).toContainText(/stopped/i)
    await expect(chat.stopButton).toBeHidden()
  })

  test('an answer can be stopped before its first token', async ({ chat, fake }) => {
    fake.setScript(chats({ instead: 'hang' }))
    await chat.open()
    await chat.send('Tell me all')
    await fake.called(1)
    await chat.stopButton.click()

    await expect(chat.answer.root).toContainText(/stopped/i)
    await expect(chat.answer.retryButton).toBeVisible()
    await fake.calls[0]?.over
    expect(fake.calls[0]?.closedEarly).toBe(true)
  })

  test('after a stop the next question includes the partial answer', async ({ chat, fake }) => {
    fake.setScript(chats(HALF, { parts: [{ text: 'Understood.' }] }))
    await chat.open()
    await chat.send('Tell me all')
    await expect(chat.answer.root).toContainText('The first half')
    await chat.stopButton.click()
    await expect(chat.answer.root).toContainText(/stopped/i)
    await chat.send('Go on')

    await expect(chat.answer.root).toContainText('Understood.')
    const sent = JSON.stringify(chatCalls(fake).at(-1)?.body)
    expect(sent).toContain('The first half of the answer.')
    expect(sent).toContain('Go on')
  })

  test('a stopped answer is in the ledger as an estimate', async ({ api, chat, fake }) => {
    fake.setScript(chats(HALF))
    await chat.open()
    await chat.send('Tell me all')
    await expect(chat.answer.root).toContainText('The first half')
    await chat.stopButton.click()

    await expect(chat.answer.receiptButton).toHaveAccessibleName(/^Receipt: [≈≥]\$/)
    const { messages } = await api.conversation(await chat.conversationId())
    const { items } = await api.receipt(messages.at(-1)?.runId ?? '')
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({ status: 'stopped', certainty: 'estimated' })
  })
})
