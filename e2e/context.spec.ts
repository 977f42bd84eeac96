import type { Answer } from './fake-answer.ts'
import { expect, test } from './fixtures.ts'
import type { FakeUpstream } from './fake-upstream.ts'
import { chatCalls, chats, barrier } from './scripts.ts'

const SUM = { call: { name: 'calculate', arguments: { expression: '12345 + 54321' } } }

test.use({ provider: { upstream: 'fake', api: 'chat_completions' } })

function counted(input: number, ...parts: NonNullable<Answer['parts']>): Answer {
  const usage = { prompt_tokens: input, completion_tokens: 10, total_tokens: input + 10 }
  return { parts, usage, model: 'gpt-4.1-mini' }
}

test('context and billed cost are two figures, each with an explanation', async ({
  chat,
  fake,
  page,
}) => {
  fake.setScript(
    chats(
      counted(2000, SUM),
      counted(2100, { text: 'The sum is 66666.' }),
      counted(2200, { text: 'Once more.' }),
    ),
  )
  await chat.open()
  await chat.send('Add them')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await expect(chat.contextMeter).toHaveAccessibleName(/^Context: 2,1\d\d of 1,000,000 tokens$/)
  const carried = await chat.openContext()
  await expect(carried).toContainText('<1 % of the 1,000,000 tokens that gpt-4.1-mini takes.')
  for (const part of ['Instructions of assistant', 'Tool result calculate', 'You Add them']) {
    await expect(carried.getByRole('rowheader', { name: part })).toBeVisible()
  }
  await expect(carried).toContainText('The provider counted the last request')
  await page.keyboard.press('Escape')
  await expect(chat.contextMeter).toBeFocused()

  await chat.answer.tryAgainButton.click()
  await expect(chat.answer.root).toContainText('Once more.')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await expect(chat.contextMeter).toHaveAccessibleName(/^Context: 2,2\d\d of/)
  const billed = await chat.openBilled()
  await expect(billed.getByRole('row', { name: /^This branch/ })).toContainText('2,210')
  await expect(billed.getByRole('row', { name: /^Other branches/ })).toContainText('4,120')
  await expect(billed.getByRole('row', { name: /^Deleted/ })).toContainText('none')
})

test('the figure appears without a layout shift at each width', async ({
  api,
  chat,
  fake,
  page,
}) => {
  fake.setScript(chats(counted(128_000, { text: 'That is a lot.' })))
  const run = await api.say('Read all of this')
  await api.ended(run)
  await api.updateConversation(run.conversationId, { title: 'A long title '.repeat(12) })
  for (const width of [1280, 700, 390]) {
    const gate = Promise.withResolvers<void>()
    await page.route('**/context?*', (route) => gate.promise.then(() => route.continue()))
    await page.setViewportSize({ width, height: 800 })
    await chat.openConversation(run.conversationId)
    await expect(chat.conversationCost).toBeVisible()
    const title = page.getByRole('heading', { level: 1 })
    const before = await title.boundingBox()
    await expect(chat.contextMeter).toHaveCount(0)
    gate.resolve()

    await expect(chat.contextMeter).toBeVisible()
    expect(await title.boundingBox(), `at ${width} pixels`).toEqual(before)
    await page.unroute('**/context?*')
  }
})

test('an almost full context shows a warning, not by colour alone', async ({ api, chat, fake }) => {
  fake.setScript(chats(counted(900_000, { text: 'That is a lot.' })))
  const run = await api.say('Read all of this')
  await api.ended(run)
  await chat.openConversation(run.conversationId)

  await expect(chat.contextMeter).toHaveAccessibleName(/almost full$/)
  await expect(chat.contextMeter.locator('svg')).toBeVisible()
  await expect(await chat.openContext()).toContainText('Almost full.')
})

test('a tool result can be dropped from the context and restored, but not during an answer', async ({
  chat,
  fake,
  guard,
  page,
}) => {
  guard.allow(/409 \(Conflict\)/)
  const gate = barrier()
  fake.setScript(
    chats(
      counted(2000, SUM),
      counted(2100, { text: 'The sum is 66666.' }),
      counted(2200, { text: 'Without it.' }),
      counted(2300, { text: 'With it.' }),
      { parts: [{ text: 'So' }, gate.part] },
    ),
  )
  await chat.open()
  await chat.send('Add them')
  const answer = chat.answerAt(0)
  await expect(answer.root).toContainText('The sum is 66666.')
  const card = await answer.openTool('calculate')
  await card.getByRole('button', { name: 'Tokens and cost' }).click()
  await expect(card).toContainText(/Result ≈\d+ tokens · carried by 1 request since: ≈\$0\.0/)
  await card.getByRole('button', { name: 'Drop from context' }).press('Enter')
  await expect(card).toContainText('Dropped from context')
  await expect(card.getByRole('button', { name: 'Restore' })).toBeFocused()
  await expect(card).toContainText('66666')
  await chat.send('Go on')
  await expect(chat.answerAt(1).root).toContainText('Without it.')
  expect(resultsSent(fake)).toEqual([expect.stringContaining('dropped this result')])

  await page.reload()
  await expect(card.getByText('Dropped from context')).toBeVisible()
  await answer.openTool('calculate')
  await card.getByRole('button', { name: 'Restore' }).click()
  await expect(card).not.toContainText('Dropped from context')
  await expect(card.getByRole('button', { name: 'Drop from context' })).toBeVisible()
  await chat.send('And now')
  await expect(chat.answerAt(2).root).toContainText('With it.')
  expect(resultsSent(fake)).toEqual([expect.stringContaining('66666')])

  await chat.send('And on')
  await expect(chat.answerAt(3).root).toContainText('So')
  await card.getByRole('button', { name: 'Drop from context' }).click()
  await expect(card.getByRole('alert')).toContainText('An answer is being written.')
  gate.open()
})

test('the usage page shows what the results of each tool have cost', async ({
  api,
  fake,
  page,
  usage,
}) => {
  fake.setScript(chats(counted(2000, SUM), counted(2100, { text: 'The sum is 66666.' })))
  await api.ended(await api.say('Add them'))
  await usage.open()

  const row = usage.byTool.getByRole('row').filter({ hasText: 'calculate' })
  await expect(row).toContainText(/≈\$0\.0\d+/)
  await expect(row.getByRole('cell').nth(1)).toHaveText('1')
  await expect(page.getByText('A tool makes no request of its own.')).toBeVisible()
  await page.getByRole('link', { name: 'gpt-4.1-mini', exact: true }).click()
  await expect(page.getByRole('navigation', { name: 'Shown only' })).toBeVisible()
  await expect(usage.byTool).toBeHidden()
})

/** Returns the tool results in the last request for an answer. */
function resultsSent(fake: FakeUpstream): string[] {
  const messages = chatCalls(fake).at(-1)?.body['messages'] as { role: string; content: string }[]
  return messages.filter(({ role }) => role === 'tool').map(({ content }) => content)
}
