import { formatAmount } from '#shared/money.ts'
import { expect, test } from './fixtures.ts'
import { calculates, chats, barrier } from './scripts.ts'
import { titlesPaid } from './titles.ts'

test.use({ provider: { upstream: 'fake', api: 'chat_completions' } })

test.beforeEach(({ fake }) => fake.setScript(calculates()))

test('message, receipt, conversation and usage show the amounts of the ledger', async ({
  api,
  chat,
  page,
  usage,
}) => {
  await usage.open()
  await expect(page.getByText(/nothing|no calls|no usage|yet/i).first()).toBeVisible()

  await chat.open()
  await chat.send('What is 17 * 23?')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  const receipt = await chat.answer.openReceipt()
  await expect(receipt.root).toBeVisible()
  const first = await api.conversation(await chat.conversationId())
  const { items, totals: ofRun } = await api.receipt(first.messages.at(-1)?.runId ?? '')
  await expect(receipt.root).toContainText(formatAmount(ofRun))
  for (const call of items) {
    await expect(receipt.root).toContainText(formatAmount(call))
    await expect(receipt.root).toContainText(call.modelReturned ?? call.modelRequested)
    await expect(receipt.root).toContainText((call.inputTokens ?? 0).toLocaleString('en-US'))
    await expect(receipt.root).toContainText((call.outputTokens ?? 0).toLocaleString('en-US'))
  }
  await expect(receipt.root).toContainText('genai-prices')
  await receipt.close()
  await expect(receipt.root).toBeHidden()
  await expect(chat.answer.receiptButton).toBeFocused()

  await chat.send('And twice that?')
  await expect(chat.answers).toHaveCount(2)
  await expect(chat.answer.tryAgainButton).toBeVisible()

  await titlesPaid(api, 1)
  const { messages, totals, title } = await api.conversation(await chat.conversationId())
  const receipts = await Promise.all(
    messages.flatMap(({ runId }) => (runId ? [api.receipt(runId)] : [])),
  )
  // The cost of a conversation includes its title.
  const titles = (await api.usage('purpose')).groups.filter(({ key }) => key !== 'chat')
  const parts = [...receipts, ...titles].map((part) => part.totals.costNanoUsd ?? 0)
  expect(totals.costNanoUsd).toBe(parts.reduce((total, part) => total + part, 0))

  for (const [index, one] of receipts.entries()) {
    await expect(
      chat.answers.nth(index).getByRole('button', { name: /^Receipt: / }),
    ).toHaveAccessibleName(`Receipt: ${formatAmount(one.totals)}`)
  }
  await expect(chat.conversationCost).toContainText(formatAmount(totals))

  await usage.open()
  const amount = formatAmount(totals)
  await expect(usage.byConversation.getByRole('row').filter({ hasText: title })).toContainText(
    amount,
  )
  for (const table of [usage.byConversation, usage.byModel, usage.byDay]) {
    await expect(table.getByRole('row').filter({ hasText: amount }).first()).toBeVisible()
  }
})

test.describe('during a paid answer', () => {
  test.use({ provider: { upstream: 'fake', api: 'chat_completions' } })

  test('header, sidebar and receipt show an estimate, then the exact amount', async ({
    api,
    chat,
    fake,
  }) => {
    const beginning = barrier()
    const ending = barrier()
    const usage = { prompt_tokens: 5000, completion_tokens: 1000, total_tokens: 6000 }
    const text = { text: 'A word or two. '.repeat(100) }
    fake.setScript(
      chats({ parts: [beginning.part, text, ending.part, { text: 'The end.' }], usage }),
    )
    await chat.open()
    await chat.send('Tell me all')

    const cost = chat.conversationCost
    await expect(cost).toHaveText(/^≈\$0\.\d+ · ≈[\d,]+ tokens$/)
    const input = amountIn(await cost.textContent())
    beginning.open()
    await expect.poll(async () => amountIn(await cost.textContent())).toBeGreaterThan(input)
    await expect(chat.sidebar.root.getByText(/^≈\$0\.\d+$/)).toBeVisible()
    await expect(chat.answer.receiptButton).toHaveAccessibleName(/^Receipt: ≈\$0\.\d+$/)
    const receipt = await chat.answer.openReceipt()
    await expect(receipt.root).toContainText('A model call is under way')
    await receipt.close()

    ending.open()
    await expect(chat.answer.receiptButton).toHaveAccessibleName('Receipt: $0.0036')
    await titlesPaid(api, 1)
    await expect(cost).toHaveText(/^\$0\.003\d+ · [\d,]+ tokens$/)
    await expect(chat.sidebar.root.getByText(/^\$0\.003\d+$/)).toBeVisible()
  })
})

function amountIn(text: string | null): number {
  return Number(/\$([\d.]+)/.exec(text ?? '')?.[1])
}

test.describe('when the provider reports no usage', () => {
  test.use({ provider: { upstream: 'aimock', api: 'chat_completions' } })

  test('a model without a price is unpriced, never free', async ({ aimock, chat, tally }) => {
    await tally.kill()
    await tally.start({ OPENAI_MODEL: 'home-made-7b' })
    aimock.onMessage(/.*/, { content: 'Nobody knows what I cost.' })
    await chat.open()
    await chat.send('What do you cost?')

    await expect(chat.answer.receiptButton).toHaveAccessibleName('Receipt: unpriced')
    await expect(chat.conversationCost).toContainText('unpriced')
    await expect(chat.conversationCost).not.toContainText('$0.00')
  })
})
