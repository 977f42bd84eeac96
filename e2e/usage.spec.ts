import * as z from 'zod/mini'
import { ModelCall } from '#shared/ledger.ts'
import { expect, test } from './fixtures.ts'
import { calculates } from './scripts.ts'
import { titlesPaid } from './titles.ts'

test.use({ provider: { upstream: 'fake', api: 'chat_completions' } })

test.beforeEach(({ fake }) => fake.setScript(calculates()))

test('daily spend has a chart, a table and an export', async ({ chat, page, usage }) => {
  await chat.open()
  await chat.send('What is 17 * 23?')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await usage.open()

  const chart = page.getByRole('img', { name: /over time as stacked bars/ })
  await expect(chart).toBeVisible()
  await page.getByRole('radio', { name: 'Agent' }).check({ force: true })
  await page.getByText('Show as a table').click()
  await expect(page.getByRole('table', { name: /one column per agent/ })).toBeVisible()
  await expect(page.getByText('Nothing in the previous 30 days')).toBeVisible()

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

test('a custom range and a filter are in the address, and Back reverts them', async ({
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
  await page.getByRole('link', { name: /^Show the calls from/ }).click()
  await expect(usage.byDay).toBeVisible()
  await page.goBack()
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

test('a tool links to its uses, and each use to its conversation while it exists', async ({
  api,
  page,
  usage,
}) => {
  const first = await api.say('What is 17 * 23?')
  await api.ended(first)
  const again = await api.startRun(first.conversationId, { text: 'And what is 19 * 29?' })
  await api.ended(again)
  const other = await api.say('What is 2 + 2?')
  await api.ended(other)
  await titlesPaid(api, 2)
  const { title } = await api.conversation(other.conversationId)

  await usage.open()
  const tool = usage.byTool.getByRole('link', { name: 'calculate', exact: true })
  await tool.press('Enter')
  await expect(page).toHaveURL('/usage?tool=calculate')
  const uses = usage.usesOf('calculate').getByRole('row')
  await expect(uses).toHaveCount(4)
  await expect(uses.nth(1)).toContainText('3 requests')
  await expect(uses.nth(1)).toContainText(/≈\$0\.0\d+/)
  await expect(page.getByRole('heading', { name: 'Uses of calculate' })).toBeInViewport()
  await expect(usage.spent).toBeVisible()
  await page.getByRole('radio', { name: 'Newest first' }).check({ force: true })
  await expect(uses.nth(1)).toContainText('1 request')
  await page.reload()
  await expect(uses).toHaveCount(4)

  await usage.usesOf('calculate').getByRole('link', { name: title, exact: true }).click()
  await expect(page).toHaveURL(`/c/${other.conversationId}`)
  await page.goBack()
  const headers = { 'content-type': 'application/json' }
  await api.request(`/api/conversations/${other.conversationId}`, { method: 'DELETE', headers })
  await page.reload()
  await expect(uses.filter({ hasText: 'Deleted conversation' })).toHaveCount(1)
  await expect(uses.getByRole('link')).toHaveCount(2)
  await page.getByRole('link', { name: 'Close the uses of calculate' }).click()
  await expect(page).toHaveURL('/usage')
  await expect(usage.usesOf('calculate')).toHaveCount(0)
})
