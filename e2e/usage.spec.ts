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
  await expect(page.getByText('Nothing in the 30 days before.')).toBeVisible()

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

test('days of one’s own and a row stand in the address, and Back leaves them', async ({
  chat,
  page,
  usage,
}) => {
  await chat.open()
  await chat.send('What is 17 * 23?')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await usage.open()
  await page.getByRole('radio', { name: 'Custom' }).check({ force: true })
  await page.getByLabel('From', { exact: true }).fill('2020-01-01')
  await page.getByLabel('To', { exact: true }).fill('2020-01-31')
  await expect(page.getByText('Nothing from Jan 1, 2020 to Jan 31, 2020')).toBeVisible()
  await page.getByLabel('To', { exact: true }).fill('2019-12-31')
  await expect(page.getByText('The first day lies after the last one.')).toBeVisible()

  await usage.open()
  const today = new Date().toISOString().slice(0, 10)
  await usage.byDay.getByRole('link').first().click()
  await expect(page).toHaveURL(`/usage?from=${today}&to=${today}`)
  await expect(page.getByLabel('From', { exact: true })).toHaveValue(today)
  await usage.byConversation.getByRole('link', { name: /^Show only/ }).click()
  const chip = page.getByRole('link', { name: /^Conversation .*remove$/ })
  await expect(chip).toBeVisible()
  await usage.calls
    .getByRole('button', { name: /^Receipt of/ })
    .last()
    .click()
  await expect(page.getByRole('dialog', { name: 'Receipt' })).toContainText('Total')
  await page.keyboard.press('Escape')
  await page.goBack()
  await expect(chip).toHaveCount(0)
})
