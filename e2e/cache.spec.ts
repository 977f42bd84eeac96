import type { Answer } from './fake-answer.ts'
import { expect, test } from './fixtures.ts'
import { WhatIfDialog } from './pages/what-if-dialog.ts'
import { chats } from './scripts.ts'

test.use({ provider: { upstream: 'fake', api: 'chat_completions' } })

function answer(input: number, cached: number): Answer {
  return {
    parts: [{ text: `Read ${cached} again.` }],
    usage: {
      prompt_tokens: input,
      completion_tokens: 10,
      total_tokens: input + 10,
      prompt_tokens_details: { cached_tokens: cached },
    },
  }
}

test('a receipt shows the cache hit rate and the cause of misses', async ({
  api,
  chat,
  fake,
  page,
}) => {
  fake.setScript(chats(answer(4000, 0), answer(5000, 3840), answer(6000, 0), answer(7000, 0)))
  await chat.open()
  await chat.send('One')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await chat.send('Two')
  await expect(chat.answers).toHaveCount(2)
  await expect(chat.answer.tryAgainButton).toBeVisible()
  const good = await chat.answer.openReceipt()
  await expect(good.root).toContainText('77 % of the input was read from the cache.')
  await expect(good.root).toContainText('Cache: 77 % of this answer’s input, 43 % of the')
  await good.close()

  await chat.chooseModel('gpt-4.1')
  await chat.send('Three')
  await expect(chat.answers).toHaveCount(3)
  await expect(chat.answer.tryAgainButton).toBeVisible()
  const missed = await chat.answer.openReceipt()
  await expect(missed.root).toContainText('None of the input was read from the cache.')
  await expect(missed.root).toContainText('Another model or provider answered before')
  await missed.close()

  // Instructions come first, so a change invalidates the whole prefix.
  const settings = await chat.openSettings()
  await settings.field('Extra instructions').fill('Be brief.')
  await settings.save()
  await chat.send('Four')
  await expect(chat.answers).toHaveCount(4)
  await expect(chat.answer.tryAgainButton).toBeVisible()
  const changed = await chat.answer.openReceipt()
  await expect(changed.root).toContainText('The instructions changed')

  await changed.close()
  await page.getByRole('button', { name: /^Billed: / }).click()
  const billed = page.getByRole('dialog', { name: 'Billed' })
  await expect(billed).toContainText('Cache: 17 % of the input of its answers.')
  await expect(billed).toContainText('Missed: instructions changed (≈ 6,000 tokens)')
  await new WhatIfDialog(page).open()

  const cache = await api.cache(await chat.conversationId())
  expect(cache).toMatchObject({ calls: 4, cachedInputTokens: 3840 })
  expect(cache.misses.map(({ cause }) => cause)).toEqual(['instructions', 'model', 'first'])
})
