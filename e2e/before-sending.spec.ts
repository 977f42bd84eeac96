import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { chats } from './scripts.ts'

const usage = { prompt_tokens: 5000, completion_tokens: 10, total_tokens: 5010 }

const lineOf = (page: Page) => page.getByRole('group', { name: 'Next request' })

test.describe('with a provider that does not count tokens', () => {
  test.use({ provider: { upstream: 'fake', api: 'chat_completions' } })

  test('the composer estimates the next request without moving anything', async ({
    api,
    chat,
    fake,
    page,
  }) => {
    fake.setScript(chats({ parts: [{ text: 'Yes.' }], usage }))
    await api.post('/api/prices/overrides', {
      modelPattern: 'gpt-4.1-mini',
      rates: { inputPerMTok: 1e9, outputPerMTok: 4e9 },
      tiers: [
        {
          threshold: { inputTokens: 6000, inclusive: true },
          rates: { inputPerMTok: 2e9, outputPerMTok: 8e9 },
        },
      ],
    })
    await chat.open()
    await expect(lineOf(page)).toHaveCount(0)
    const before = await chat.composer.boundingBox()
    await chat.composer.fill('Hello')
    await expect(lineOf(page)).toHaveText(/^≈ [\d,]+ tokens · ≈ \$0\.\d+$/)
    expect(await chat.composer.boundingBox()).toEqual(before)
    await chat.chooseModel('home-made-7b')
    await expect(lineOf(page)).toHaveText(/^≈ [\d,]+ tokens · unpriced$/)
    await chat.chooseModel('gpt-4.1-mini')
    await chat.sendButton.click()
    await expect(lineOf(page)).toHaveCount(0)
    await expect(chat.answer.tryAgainButton).toBeVisible()
    expect(fake.counted).toEqual([])

    const settings = await chat.openSettings()
    await settings.openAdvanced()
    await settings.field('Max output tokens').fill('500')
    await settings.save()
    await chat.composer.fill('And now?')
    // 5,000 tokens of the last request plus its answer and the text at $1, and 500 at $4.
    await expect(lineOf(page)).toContainText(
      /≈ 5,0\d\d tokens · ≈ \$0\.005\d*, could cost up to \$0\.007/,
    )
    await expect(lineOf(page)).toContainText('From 6,000 tokens on it all costs double.')
    await chat.composer.fill('word '.repeat(2000))
    await expect(lineOf(page)).toContainText('At this length the whole request costs double.')
    await chat.composer.fill('')
    await expect(lineOf(page)).toHaveCount(0)
  })

  test.use({ models: ['gpt-4.1-mini', 'home-made-7b'] })
})

test.describe('with a provider that counts tokens', () => {
  test.use({ provider: { upstream: 'fake', api: 'responses' } })

  test('it is asked once after a pause, and its count is shown as exact', async ({
    api,
    chat,
    fake,
    page,
  }) => {
    fake.countsAs(1234)
    const name = new URL(fake.baseUrl).host
    await api.post(`/api/providers/${name}/check`, { probes: ['count'] })
    await expect.poll(() => fake.counted.length).toBe(1)
    await chat.open()
    await chat.composer.fill('How many tokens are these words?')
    await expect(lineOf(page)).toHaveText(/^1,234 tokens · ≈ \$0\.0013$/)
    expect(fake.counted).toHaveLength(2)
    expect(JSON.stringify(fake.counted[1])).toContain('How many tokens are these words?')
    const { groups } = await api.usage('purpose')
    expect(groups.find(({ key }) => key === 'count')?.totals).toMatchObject({
      calls: 1,
      costNanoUsd: 0,
    })
  })
})
