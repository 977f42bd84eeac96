import { expect, test } from './fixtures.ts'
import { WhatIfDialog } from './pages/what-if-dialog.ts'
import { chats } from './scripts.ts'
import { titlesPaid } from './titles.ts'

test.use({ provider: { upstream: 'fake', api: 'chat_completions' } })

/** The request for the title reports the same usage. */
const usage = {
  prompt_tokens: 10_000,
  completion_tokens: 1000,
  total_tokens: 11_000,
  prompt_tokens_details: { cached_tokens: 4000 },
}

test('a conversation is priced with every other model, from its real usage', async ({
  api,
  chat,
  fake,
  page,
}) => {
  fake.setScript(chats({ parts: [{ text: 'Expensive words.' }], usage }))
  await chat.open()
  await chat.send('What would this have cost elsewhere?')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await titlesPaid(api, 1)

  await chat.answer.openReceipt()
  const whatIf = new WhatIfDialog(page)
  await whatIf.open()
  const { totals } = await api.conversation(await chat.conversationId())
  await expect(whatIf.root).toContainText('2 requests of this conversation')

  const own = whatIf.row('gpt-4.1-mini')
  await expect(own).toContainText('answered here')
  await expect(own).toContainText('the same')
  // The same usage at five times the rates.
  const other = whatIf.row('gpt-4.1')
  await expect(other).toContainText('+400 %')
  const whole = await api.whatIf(await chat.conversationId())
  const found = whole.items.find(({ model, from }) => model === 'gpt-4.1' && from === 'own')
  expect(found?.costNanoUsd).toBe((totals.costNanoUsd ?? 0) * 5)

  await whatIf.filter.fill('anthropic haiku')
  await expect(whatIf.rows.filter({ hasText: 'gpt' })).toHaveCount(0)
  await expect(whatIf.rows.filter({ hasText: /haiku/ }).first()).toBeVisible()
  await whatIf.filter.fill('no such model')
  await expect(whatIf.root).toContainText('No model matches “no such model”.')

  // A favourite is kept by the server, and first wherever models are listed.
  await whatIf.filter.fill('gpt-4.1')
  const star = other.getByRole('button', { name: /^Favourite: gpt-4.1,/ })
  await star.focus()
  await page.keyboard.press('Enter')
  await expect(star).toHaveAttribute('aria-pressed', 'true')
  await expect(star).toBeFocused()
  await expect(whatIf.rows.nth(1)).toHaveText('Favourites')
  await whatIf.filter.fill('')
  await whatIf.root.getByRole('button', { name: 'Would cost' }).click()
  await expect(whatIf.root.getByRole('columnheader', { name: 'Would cost' })).toHaveAttribute(
    'aria-sort',
    'descending',
  )
  // Only this dialog closes, and the receipt behind it is focused again.
  await page.keyboard.press('Escape')
  await expect(whatIf.root).toBeHidden()
  await expect(whatIf.button).toBeFocused()

  await page.reload()
  await chat.modelPicker.click()
  const favorites = page.getByRole('group', { name: 'Favourites' })
  await expect(favorites.getByRole('menuitemradio')).toHaveText(/^gpt-4.1 /)
  await page.keyboard.press('Escape')
})
