import { expectNoViolations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import type { ChatPage } from './pages/chat-page.ts'
import { RulesPage } from './pages/rules-page.ts'
import { chats } from './scripts.ts'

test.use({ provider: { upstream: 'fake', api: 'responses' }, entry: 'slowTools' })

const refund = (amount: number, order = 'A1') => ({
  parts: [{ call: { name: 'refund', arguments: { order, amount } } }],
})
const END = { parts: [{ text: 'All done.' }] }

async function decide(chat: ChatPage, button: 'Approve' | 'Deny'): Promise<void> {
  await chat.send('Refund it')
  await chat.answer.tool('refund').getByRole('button', { name: button, exact: true }).click()
  await expect(chat.answer.tryAgainButton).toBeVisible()
}

test('a rule is offered, tested, used, changed and revoked', async ({ api, chat, fake, page }) => {
  const amounts = [32, 38, 35, 40, 39, 38.5, 36, 34]
  const orders = ['A1', 'A2', 'A\u202E3']
  fake.setScript(chats(...amounts.flatMap((amount, n) => [refund(amount, orders[n]), END])))
  const { id } = await api.createConversation({ agent: 'test_desk', title: 'Refunds' })
  await chat.openConversation(id)
  await decide(chat, 'Approve')
  await decide(chat, 'Deny')
  await decide(chat, 'Approve')
  await chat.send('Refund it')
  const third = chat.answer.tool('refund')
  await expect(third.getByRole('button', { name: 'Approve', exact: true })).toBeVisible()
  await expect(third.getByRole('button', { name: /^Allow refund/ })).toHaveCount(0)
  await third.getByRole('button', { name: 'Approve', exact: true }).click()
  await expect(chat.answer.tryAgainButton).toBeVisible()

  await chat.send('Refund it')
  const card = chat.answer.tool('refund')
  await card.getByRole('button', { name: 'Allow refund up to $40 here for 7 days' }).click()
  const tested = card.getByRole('region', { name: 'Tested on past decisions' })
  await expect(tested).toContainText('Of 4 past decisions it would have allowed 4 without asking.')
  await expect(tested).toContainText('It would have allowed 1 call that you denied.')
  await expect(tested).toContainText('A⟨U+202E⟩3')
  await expectNoViolations(page)
  await card.getByLabel('amount up to').fill('37')
  await expect(tested).toContainText('it would have allowed 2 without asking')
  await expect(tested).not.toContainText('that you denied')
  await expect(tested.getByRole('list', { name: 'Would have asked' })).toContainText(
    'amount is more than 37.',
  )
  await card.getByRole('button', { name: 'Create rule' }).click()
  await expect(card).toContainText('The rule is made: Allow refund up to $37 here for 7 days.')
  await card.getByRole('button', { name: 'Approve', exact: true }).click()
  await expect(chat.answer.tryAgainButton).toBeVisible()

  await chat.send('Refund it')
  await chat.answer.tool('refund').getByRole('button', { name: 'Deny', exact: true }).click()
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await chat.send('Refund it')
  await expect(chat.answers).toHaveCount(7)
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await expect(await chat.answer.openTool('refund')).toContainText('Allowed by a rule')

  const rules = new RulesPage(page)
  await rules.open()
  const rule = rules.rule('refund')
  await expect(rule).toContainText('Allow refund up to $37')
  await expect(rule).toContainText('For test_desk in Refunds · until')
  await expect(rule).toContainText('Used once')
  await expectNoViolations(page)
  await rule.getByRole('button', { name: 'Change the rule for refund' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('without asking')
  await expectNoViolations(page)
  await dialog.getByLabel('amount up to').fill('35.50')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(rule).toContainText('Allow refund up to $35.5')

  await rule.getByRole('button', { name: 'Revoke the rule for refund' }).click()
  await expect(page.getByText('There are no rules')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(rule).toContainText('Used once')
  await rule.getByRole('button', { name: 'Revoke the rule for refund' }).click()
  await expect(page.getByText('There are no rules')).toBeVisible()
  await expectNoViolations(page)

  await chat.openConversation(id)
  await chat.send('Refund it')
  await expect(
    chat.answer.tool('refund').getByRole('button', { name: 'Approve', exact: true }),
  ).toBeVisible()
})

test('rules fit a small screen, and say when they could not be loaded', async ({
  api,
  guard,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const about = { agent: 'test_desk', tool: 'refund' }
  const conditions = [{ field: 'order', equals: 'W'.repeat(300) }]
  expect((await api.post('/api/rules', { ...about, conditions })).status).toBe(201)
  const rules = new RulesPage(page)
  await rules.open()
  await expect(rules.rule('refund')).toContainText('in every conversation')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await rules.rule('refund').getByRole('button', { name: 'Change the rule for refund' }).click()
  await expect(page.getByRole('dialog')).toContainText('There are no past decisions')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)

  guard.allow(/api\/rules|503/)
  await page.route('**/api/rules', (route) => route.fulfill({ status: 503, json: {} }))
  await page.reload()
  await expect(page.getByRole('alert')).toContainText('The rules could not be loaded')
  await page.unroute('**/api/rules')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(rules.rule('refund')).toBeVisible()
})
