import * as z from 'zod/mini'
import { ModelCall } from '#shared/ledger.ts'
import { expect, test } from './fixtures.ts'

test('what a day cost is drawn, told as a table and exported', async ({ chat, page, usage }) => {
  await chat.open()
  await chat.send('What is 17 * 23?')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await usage.open()

  const chart = page.getByRole('img', { name: /over time as stacked bars/ })
  await expect(chart).toBeVisible()
  await page.getByRole('radio', { name: 'Agent' }).check({ force: true })
  await page.getByText('Show as a table').click()
  await expect(page.getByRole('table', { name: /one column per agent/ })).toBeVisible()
  await expect(page.getByText('Nothing in the 30 days before').first()).toBeVisible()

  const link = page.getByRole('link', { name: 'JSON' })
  const rows: unknown = await (
    await page.request.get((await link.getAttribute('href')) ?? '')
  ).json()
  expect(
    z
      .array(ModelCall)
      .parse(rows)
      .map(({ purpose }) => purpose),
  ).toContain('chat')
})
