import { expect, test } from './fixtures.ts'
import { SERVER_GONE } from './page-guard.ts'
import { BudgetsPage } from './pages/budgets-page.ts'
import { chatCalls, chats } from './scripts.ts'

test.use({ provider: { upstream: 'fake', api: 'chat_completions' } })

for (const end of ['kill', 'terminate'] as const) {
  test(`an answer over its budget waits, survives a restart (${end}) and continues when allowed`, async ({
    chat,
    fake,
    guard,
    page,
    tally,
  }) => {
    guard.allow(SERVER_GONE)
    fake.setScript(chats({ parts: [{ text: 'Worth its money.' }] }))
    const budgets = new BudgetsPage(page)
    await budgets.open()
    await budgets.limit('day', '0.00002')
    await chat.open()
    await chat.composer.fill('Is it worth it?')
    const line = page.getByRole('group', { name: 'Next request' })
    await expect(line).toContainText(/≈ \$0\.\d+, could cost up to \$0\.\d+/)
    const [ceiling = ''] = /could cost up to \$[\d.]+/.exec((await line.textContent()) ?? '') ?? []
    await chat.send('Is it worth it?')

    const card = chat.answer.root.getByRole('group', { name: 'Waiting for a decision' })
    await expect(card).toContainText(`This answer ${ceiling}, and $0.00002 of today’s`)
    await expect(card).toContainText(/Continue for up to \$0\.\d+\?/)
    await expect(chat.stopButton.first()).toBeVisible()
    expect(chatCalls(fake)).toHaveLength(0)
    await chat.conversationId()

    await tally[end]()
    await tally.start()
    await page.reload()
    await expect(card).toContainText('This answer could cost up to')
    await card.getByRole('button', { name: 'Continue' }).focus()
    await page.keyboard.press('Enter')

    await expect(chat.answer.root).toContainText('Worth its money.')
    await expect(card).toHaveCount(0)
    await expect(chat.answer.root).toContainText(/Continued, for up to \$/)
    await expect(page.getByRole('status', { name: 'Budget' })).toContainText(
      /^[2-9]\d\d+ % of today’s \$0\.00002 is spent/,
    )
    expect(chatCalls(fake)).toHaveLength(1)
  })
}

test.describe('a budget from the environment', () => {
  test.use({ env: { TALLY_BUDGET_CONVERSATION: '$0.00001' } })

  test('is labelled, and an answer that is denied more stops', async ({ chat, fake, page }) => {
    const budgets = new BudgetsPage(page)
    await budgets.open()
    const form = budgets.budget('conversation')
    await expect(form).toContainText('TALLY_BUDGET_CONVERSATION')
    await expect(form.getByLabel('Dollars')).not.toBeEditable()

    await chat.open()
    await chat.send('Is it worth it?')
    const card = chat.answer.root.getByRole('group', { name: 'Waiting for a decision' })
    await card.getByRole('button', { name: 'End here' }).click()
    await expect(chat.answer.root).toContainText('Stopped here.')
    await expect(chat.answer.retryButton).toBeVisible()
    expect(fake.calls).toHaveLength(0)
  })
})
