// Two ways to stop an answer: at once, with an estimate, or counted to its end, with an exact amount.
import { formatAmount } from '#shared/money.ts'
import { expect, test } from './fixtures.ts'
import { chatCalls, chats, barrier } from './scripts.ts'

test.describe('beside Stop', () => {
  test.use({ provider: { upstream: 'fake', api: 'responses' } })

  test('a menu opens by keyboard, and hides an answer that is counted to its end, even across a reload', async ({
    api: tally,
    chat,
    fake,
    page,
  }) => {
    const gate = barrier()
    fake.setScript(
      chats({ parts: [{ text: 'The first half.' }, gate.part, { text: ' The second half.' }] }),
    )
    await chat.open()
    await chat.send('Tell me all')
    await expect(chat.answer.root).toContainText('The first half.')
    const menu = page.getByRole('button', { name: 'More ways to stop' })
    await menu.press('Enter')
    const item = page.getByRole('menuitem', { name: 'Hide and finish counting' })
    await expect(item).toBeFocused()
    await expect(item).toHaveAccessibleDescription(/exact cost/)
    await page.keyboard.press('Escape')
    await expect(item).toBeHidden()
    await expect(chat.stopButton).toBeVisible()
    await chat.hideAndFinishCounting()

    await expect(chat.answer.root).toContainText(/stopped/i)
    await expect(menu).toBeHidden()
    await expect(chat.composer).toBeFocused()
    await expect(chat.sendButton).toBeVisible()
    await expect(chat.answer.root).toContainText('· counting')
    await expect(chat.answer.receiptButton).toHaveAccessibleName(/^Receipt: ≈\$/)
    await page.reload()
    await expect(chat.answer.root).toContainText('· counting')
    expect(chatCalls(fake)[0]?.closedEarly).toBe(false)
    gate.open()

    // 60 fresh × 400, 40 cached × 100 and 20 output tokens × 1,600 nano-dollars.
    const exact = formatAmount({ costNanoUsd: 60_000, certainty: 'computed' })
    await expect(chat.answer.receiptButton).toHaveAccessibleName(`Receipt: ${exact}`)
    await expect(chat.conversationCost).toContainText(exact)
    await expect(chat.answer.root).not.toContainText('counting')
    await expect(chat.answer.root).not.toContainText('The second half.')
    const receipt = await chat.answer.openReceipt()
    await expect(receipt.root).toContainText(/Counted on after you stopped it/)
    await receipt.close()

    const { messages, totals } = await tally.conversation(await chat.conversationId())
    expect(totals).toMatchObject({ costNanoUsd: 60_000, certainty: 'computed', calls: 1 })
    expect(JSON.stringify(messages)).not.toContain('The second half.')
  })
})

test.describe('with little left of a budget', () => {
  test.use({
    provider: { upstream: 'fake', api: 'chat_completions' },
    env: { TALLY_BUDGET_DAY: '18000 tokens' },
  })

  test('the next answer waits for the counting, which can be cancelled', async ({ chat, fake }) => {
    fake.setScript(
      chats(
        { parts: [{ text: 'The first half.' }, { fault: 'stall' }] },
        { parts: [{ text: 'Now it goes on.' }] },
      ),
    )
    await chat.open()
    await chat.send('Tell me all')
    await expect(chat.answer.root).toContainText('The first half.')
    await chat.hideAndFinishCounting()
    await expect(chat.answer.root).toContainText('· counting')
    const [call] = chatCalls(fake)
    expect(call?.closedEarly).toBe(false)
    await chat.send('And then?')

    await expect(chat.answers).toHaveCount(2)
    await expect(chat.answer.root.getByRole('status').first()).toHaveText(
      'What is left of today’s 18,000 tokens is held back until a stopped answer is counted. This answer waits for it.',
    )
    await chat.answer.root.getByRole('button', { name: 'Stop counting' }).click()
    await expect(chat.answer.root).toContainText('Now it goes on.')
    await expect(chat.answer.root).toContainText('Waited for a stopped answer to be counted')
    await expect(chat.answer.root.getByRole('button', { name: 'Stop counting' })).toBeHidden()
    await expect(chat.answerAt(0).root).not.toContainText('counting')
    await expect(chat.answerAt(0).receiptButton).toHaveAccessibleName(/^Receipt: ≈\$/)
    await call?.over
    expect(call?.closedEarly).toBe(true)
  })
})

test.describe('a provider that reports usage later', () => {
  test.use({ provider: { upstream: 'fake', api: 'responses' } })

  test('is asked for it, and the amount becomes exact on the open page', async ({ chat, fake }) => {
    const usage = { input_tokens: 100, output_tokens: 20, total_tokens: 120 }
    const asked: string[] = []
    fake.setLookUp((path) => {
      if (!path.startsWith('/v1/responses/')) return undefined
      asked.push(path)
      return { status: 'completed', model: 'gpt-4.1-mini', usage }
    })
    fake.setScript(chats({ parts: [{ text: 'The first half.' }, { fault: 'stall' }] }))
    await chat.open()
    await chat.send('Tell me all')
    await expect(chat.answer.root).toContainText('The first half.')
    await chat.stopButton.click()
    const [call] = chatCalls(fake)
    await call?.over
    expect(call?.closedEarly).toBe(true)
    await expect(chat.answer.receiptButton).toHaveAccessibleName(/^Receipt: ≈\$/)

    // 100 × 400 and 20 × 1,600 nano-dollars.
    const exact = formatAmount({ costNanoUsd: 72_000, certainty: 'computed' })
    await expect(chat.answer.receiptButton).toHaveAccessibleName(`Receipt: ${exact}`)
    await expect(chat.conversationCost).toContainText(exact)
    const receipt = await chat.answer.openReceipt()
    await expect(receipt.root).toContainText(/The provider was asked again/)
    expect(asked).toEqual(['/v1/responses/resp_0'])
    expect(chatCalls(fake)).toHaveLength(1)
  })
})
