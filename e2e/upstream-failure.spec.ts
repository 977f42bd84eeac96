// Failures of a provider as a reader sees them. `bff/upstream/provider-error.test.ts` tests each on both APIs.
import type { Answer } from './fake-answer.ts'
import { expect, KEY, test } from './fixtures.ts'
import { chatCalls, chats } from './scripts.ts'

const FINE: Answer = { parts: [{ text: 'All is well.' }] }

test.describe('an answer that breaks off', () => {
  test.use({ provider: { upstream: 'fake', api: 'responses' } })

  test('keeps its text, and only what nobody has read yet is retried', async ({
    chat,
    fake,
    page,
  }) => {
    fake.setScript(chats({ status: 503, headers: { 'retry-after': '2' } }, FINE))
    await chat.open()
    await chat.send('Hello')
    await expect(chat.answer.root).toContainText(/(again|retry\w*) in \d+ s/i)
    await expect(chat.answer.root).toContainText('All is well.')
    await expect(chat.answer.tryAgainButton).toBeVisible()
    expect(chatCalls(fake)).toHaveLength(2)

    fake.setScript(chats({ parts: [{ text: 'This far and no' }, { fault: 'destroy' }] }, FINE))
    await chat.send('How far?')
    await expect(chat.answer.retryButton).toBeVisible()
    await expect(chat.answer.root).toContainText('This far and no')
    expect(chatCalls(fake)).toHaveLength(3)
    await page.reload()
    await expect(chat.answer.root).toContainText('This far and no')
    await chat.answer.retryButton.click()
    await expect(chat.answer.root).toContainText('All is well.')
    await expect(chat.answers).toHaveCount(2)

    for (const [index, fault] of (['cut_off', 'malformed', 'error_frame'] as const).entries()) {
      fake.setScript(chats({ parts: [{ text: `Some text, ${fault}` }, { fault }] }))
      await chat.send('And now?')
      await expect(chat.answers).toHaveCount(3 + index)
      await expect(chat.answer.retryButton).toBeVisible()
      await expect(chat.answer.root).toContainText(`Some text, ${fault}`)
      expect(chatCalls(fake)).toHaveLength(5 + index)
    }
    fake.setScript(chats(FINE))
    await chat.send('And at last?')
    await expect(chat.answers).toHaveCount(6)
    await expect(chat.answer.root).toContainText('All is well.')
  })
})

test.describe('a provider that refuses', () => {
  test.use({ provider: { upstream: 'fake', api: 'chat_completions' } })

  test('is asked a limited number of times, and named with what to do', async ({
    chat,
    fake,
    page,
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

    const invalid = { message: `Incorrect API key provided: ${KEY}.`, type: 'auth' }
    const exceeded = { message: 'You exceeded your quota.', code: 'insufficient_quota' }
    const refusals: [Answer, RegExp][] = [
      [{ status: 401, errorBody: { error: invalid } }, /key/i],
      [{ status: 429, errorBody: { error: exceeded } }, /quota|credit/i],
      [{ instead: 'html' }, /Retry/],
      [{ instead: 'empty' }, /Retry/],
    ]
    for (const [index, [answer, words]] of refusals.entries()) {
      fake.setScript(chats(answer))
      await chat.send('Hello again')
      await expect(chat.answers).toHaveCount(2 + index)
      await expect(chat.answer.root).toContainText(words)
      await expect(chat.stopButton).toBeHidden()
      expect(chatCalls(fake)).toHaveLength(calls + 2 + index)
    }
    expect(await page.content()).not.toContain(KEY)

    await fake.close()
    await chat.send('Is anybody there?')
    await expect(chat.answers).toHaveCount(6)
    await expect(chat.answer.retryButton).toBeVisible({ timeout: 20_000 })
    await expect(chat.answer.root).toContainText(/reach|connect/i)
  })
})

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
