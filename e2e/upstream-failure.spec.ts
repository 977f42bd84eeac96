import type { Answer } from './fake-answer.ts'
import { expect, test } from './fixtures.ts'
import { chatCalls, chats } from './scripts.ts'

const FINE: Answer = { parts: [{ text: 'All is well.' }] }

for (const api of ['responses', 'chat_completions'] as const) {
  test.describe(`over ${api}`, () => {
    test.use({ provider: { upstream: 'fake', api } })

    test('a transient fault is retried with a countdown', async ({ chat, fake }) => {
      fake.setScript(chats({ status: 503, headers: { 'retry-after': '2' } }, FINE))
      await chat.open()
      await chat.send('Hello')

      await expect(chat.answer.root).toContainText(/(again|retry\w*) in \d+ s/i)
      await expect(chat.answer.root).toContainText('All is well.')
      await expect(chat.answer.tryAgainButton).toBeVisible()
      expect(chatCalls(fake)).toHaveLength(2)
    })

    test('a permanent fault is shown after a limited number of requests, and Retry works', async ({
      chat,
      fake,
    }) => {
      fake.setScript(chats({ status: 500, headers: { 'retry-after-ms': '1' } }))
      await chat.open()
      await chat.send('Hello')
      await expect(chat.answer.retryButton).toBeVisible()
      const calls = chatCalls(fake).length
      expect(calls).toBeGreaterThan(1)
      expect(calls).toBeLessThanOrEqual(5)
      await expect(chat.answer.root).toContainText(`Tried ${calls} times.`)
      await expect(chat.answer.root.getByText('cannot answer right now')).toHaveCount(1)

      fake.setScript(chats(FINE))
      await chat.answer.retryButton.click()
      await expect(chat.answer.root).toContainText('All is well.')
      await expect(chat.answers).toHaveCount(1)
      await expect(chat.questions).toHaveCount(1)
    })

    test('an answer that is cut off keeps its text and is not retried automatically', async ({
      chat,
      fake,
      page,
    }) => {
      fake.setScript(chats({ parts: [{ text: 'This far and no' }, { fault: 'destroy' }] }, FINE))
      await chat.open()
      await chat.send('Hello')

      await expect(chat.answer.retryButton).toBeVisible()
      await expect(chat.answer.root).toContainText('This far and no')
      expect(chatCalls(fake)).toHaveLength(1)
      await page.reload()
      await expect(chat.answer.root).toContainText('This far and no')
      await expect(chat.answer.retryButton).toBeVisible()

      await chat.answer.retryButton.click()
      await expect(chat.answer.root).toContainText('All is well.')
    })

    for (const fault of ['cut_off', 'malformed', 'error_frame'] as const) {
      test(`after ${fault} the partial text is kept and the process continues`, async ({
        chat,
        fake,
      }) => {
        fake.setScript(chats({ parts: [{ text: 'Some text' }, { fault }] }, FINE))
        await chat.open()
        await chat.send('Hello')
        await expect(chat.answer.retryButton).toBeVisible()
        await expect(chat.answer.root).toContainText('Some text')
        expect(chatCalls(fake)).toHaveLength(1)

        await chat.send('And now?')
        await expect(chat.answers).toHaveCount(2)
        await expect(chat.answer.root).toContainText('All is well.')
      })
    }

    test('an invalid key is reported without showing or retrying it', async ({
      chat,
      fake,
      page,
    }) => {
      const error = { message: 'Incorrect API key provided: sk-e2e-0123456789.', type: 'auth' }
      fake.setScript(chats({ status: 401, errorBody: { error } }))
      await chat.open()
      await chat.send('Hello')

      await expect(chat.answer.root).toContainText(/key/i)
      expect(chatCalls(fake)).toHaveLength(1)
      expect(await page.content()).not.toContain('sk-e2e-0123456789')
    })

    test('an exceeded quota is reported and not retried', async ({ chat, fake }) => {
      const error = { message: 'You exceeded your quota.', code: 'insufficient_quota' }
      fake.setScript(chats({ status: 429, errorBody: { error } }))
      await chat.open()
      await chat.send('Hello')

      await expect(chat.answer.root).toContainText(/quota|credit/i)
      await expect(chat.stopButton).toBeHidden()
      expect(chatCalls(fake)).toHaveLength(1)
    })

    for (const instead of ['html', 'empty'] as const) {
      test(`an answer that is ${instead} is reported after one request`, async ({ chat, fake }) => {
        fake.setScript(chats({ instead }))
        await chat.open()
        await chat.send('Hello')

        await expect(chat.answer.retryButton).toBeVisible()
        expect(chatCalls(fake)).toHaveLength(1)
      })
    }
  })
}

test.describe('when the provider falls silent', () => {
  test.use({
    provider: { upstream: 'fake', api: 'responses' },
    env: { TALLY_IDLE_TIMEOUT_MS: '1000' },
  })

  test('the run fails after the idle timeout and keeps its text', async ({ chat, fake }) => {
    fake.setScript(chats({ parts: [{ text: 'I was about to' }, { fault: 'stall' }] }))
    await chat.open()
    await chat.send('Hello')

    await expect(chat.answer.retryButton).toBeVisible()
    await expect(chat.answer.root).toContainText('I was about to')
    await chatCalls(fake)[0]?.over
    expect(chatCalls(fake)).toHaveLength(1)
  })
})

test.describe('when nothing listens at the address', () => {
  test.use({ provider: { upstream: 'fake', api: 'responses' } })

  test('the message names the unreachable address', async ({ chat, fake }) => {
    await chat.open()
    await fake.close()
    await chat.send('Hello')

    await expect(chat.answer.retryButton).toBeVisible({ timeout: 20_000 })
    await expect(chat.answer.root).toContainText(/reach|connect/i)
  })
})
