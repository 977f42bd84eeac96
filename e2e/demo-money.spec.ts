import { expect, test } from './fixtures.ts'
import { BudgetsPage } from './pages/budgets-page.ts'
import { startFakeUpstream } from './fake-upstream.ts'
import { chats } from './scripts.ts'

const MODEL = 'gpt-4.1-mini'
const usage = { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 }

test.slow()

test('demo amounts read demo everywhere but under the demo filter', async ({
  chat,
  page,
  usage: usagePage,
}) => {
  const budgets = new BudgetsPage(page)
  await budgets.open()
  await budgets.limit('day', '0.0000001')
  await chat.open()
  await chat.send('What is 17 * 23?')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await expect(chat.answer.receiptButton).toHaveAccessibleName('Receipt: demo')
  await expect(chat.conversationCost).toHaveText(/^demo · [\d,]+ tokens$/)
  await expect(chat.sidebar.root.getByText('demo', { exact: true })).toBeVisible()
  await expect(chat.sidebar.root).not.toContainText('$')
  await chat.composer.fill('And what is 18 * 24?')
  await expect(page.getByRole('group', { name: 'Next request' })).toHaveText(
    /^≈ [\d,]+ tokens · demo$/,
  )
  const card = await chat.answer.openTool('calculate')
  await card.getByRole('button', { name: 'Tokens and cost' }).click()
  await expect(card).toContainText('carried by 1 request since: demo')

  const receipt = await chat.answer.openReceipt()
  await expect(receipt.root).toContainText(/Total at the demo’s price\$0\.\d+/)
  await receipt.close()
  const billed = await chat.openBilled()
  await expect(billed.getByRole('row', { name: /^Total/ })).toContainText('demo')
  await expect(billed).not.toContainText('$')
  await page.keyboard.press('Escape')

  await budgets.open()
  await expect(budgets.budget('day')).toContainText('Spent today: $0.00, 0 tokens.')
  await usagePage.open()
  await expect(page.getByText('Nothing in the last 30 days')).toBeVisible()
  await page.getByRole('radio', { name: 'Demo' }).check({ force: true })
  await expect(page).toHaveURL('/usage?demo=true')
  await expect(usagePage.spent).toContainText(/^\$0\.\d+$/)
  await expect(usagePage.byModel.getByRole('row', { name: /tally-demo/ })).toContainText('$0.')
  await expect(usagePage.byTool.getByRole('row', { name: /calculate/ })).toContainText('≈$0.')
  await expect(page.getByRole('link', { name: 'JSON' })).toHaveAttribute('href', /demo=true/)
  await usagePage.byModel.getByRole('link', { name: 'tally-demo' }).click()
  await expect(page).toHaveURL('/usage?model=tally-demo&demo=true')
  await expect(usagePage.calls.getByRole('row').nth(1)).toContainText('$0.')
  await page.getByRole('radio', { name: 'Billed' }).check({ force: true })
  await expect(page).toHaveURL('/usage')
})

test('a demo conversation continued by a provider shows the paid amount', async ({
  api,
  chat,
  page,
  usage: usagePage,
}) => {
  await chat.open()
  await chat.send('What is 17 * 23?')
  await expect(chat.conversationCost).toContainText('demo')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  const fake = await startFakeUpstream(
    chats({ parts: [{ text: 'Paid words.' }], usage, model: MODEL }),
    { models: [MODEL] },
  )
  const body = { name: 'mine', baseUrl: fake.baseUrl, defaultModel: MODEL }
  expect((await api.post('/api/providers', body)).status).toBe(201)
  await chat.openConversation(await chat.conversationId())
  const next = page.getByRole('group', { name: 'Next request' })
  await expect(next).toHaveText(
    /^gpt-4\.1-mini \(mine\) answers next: ≈ [\d,]+ tokens · ≈ \$0\.\d+$/,
  )
  await expect(chat.transcript).not.toContainText('Model changed')
  await chat.send('And now?')

  await expect(chat.answer.root).toContainText('Paid words.')
  await expect(chat.answer.receiptButton).toHaveAccessibleName('Receipt: $0.00056')
  await expect(chat.answerAt(0).receiptButton).toHaveAccessibleName('Receipt: demo')
  await expect(chat.conversationCost).toHaveText('$0.00056 · 1,100 tokens')
  await expect(chat.sidebar.root).toContainText('$0.00056')
  const mark = chat.transcript.getByText(
    'Model changed from tally-demo (demo) to gpt-4.1-mini (mine)',
  )
  await expect(mark).toBeVisible()
  await expect(next).toHaveCount(0)
  await page.reload()
  await expect(mark).toHaveCount(1)
  await usagePage.open()
  await expect(usagePage.spent).toHaveText('$0.00056')
  await expect(usagePage.byModel.getByRole('row')).toHaveCount(2)
  await fake.close()
})
