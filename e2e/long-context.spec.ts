// A conversation longer than the window of its model: what is left out, and a summary in its place.
import type { Api } from './api.ts'
import type { Answer } from './fake-answer.ts'
import type { UpstreamCall } from './fake-upstream.ts'
import { expect, test } from './fixtures.ts'

test.use({ provider: { upstream: 'fake', api: 'chat_completions' } })

const WORDS = 'The river finds the sea by the shortest way that the land leaves it. '

const isSummary = ({ body }: UpstreamCall) =>
  JSON.stringify(body).includes('You summarize the older part')

function answers(call: UpstreamCall): Answer {
  if ('response_format' in call.body) return { parts: [{ text: '{"title":"Rivers"}' }] }
  const tokens = Math.round(JSON.stringify(call.body['messages']).length / 4.5) + 900
  const usage = { prompt_tokens: tokens, completion_tokens: 150, total_tokens: tokens + 150 }
  const text = isSummary(call) ? 'They spoke of rivers.' : `So it is. ${WORDS.repeat(6)}`
  return { parts: [{ text }], usage, chars: 400, model: 'gpt-4.1-mini' }
}

/** Questions 0 to 7 and their answers. */
async function longConversation(api: Api): Promise<string> {
  const { id } = await api.createConversation()
  for (let n = 0; n < 8; n += 1) {
    await api.ended(await api.startRun(id, { text: `Question ${n}. ${WORDS.repeat(8)}` }))
  }
  return id
}

test('a conversation longer than its window answers and says what is not sent', async ({
  api,
  chat,
  fake,
}) => {
  fake.setScript(answers)
  const id = await longConversation(api)
  const { messages } = await api.conversation(id)
  const path = `/api/providers/${messages[1]?.provider}/context-window`
  const body = JSON.stringify({ model: 'gpt-4.1-mini', contextWindow: 3_000 })
  await api.request(path, { method: 'PUT', headers: { 'content-type': 'application/json' }, body })
  await chat.openConversation(id)
  await chat.send('And now?')
  await expect(chat.answer.root).toContainText('So it is.')
  await expect(chat.answer.root).toContainText(
    /Older messages are not sent: \d+ messages, about [\d,]+ tokens\./,
  )
  const sent = JSON.stringify(fake.calls.findLast(({ body: asked }) => 'tools' in asked)?.body)
  expect(sent).toContain('And now?')
  expect(sent).toContain('Question 7.')
  expect(sent).not.toContain('Question 0.')
  // Everything is still there to read.
  await expect(chat.questions).toHaveCount(9)
  await expect(await chat.openContext()).toContainText('Older messages are not sent')
})

test('older messages are summarized, and the summary is edited and undone', async ({
  api,
  chat,
  fake,
  page,
}) => {
  fake.setScript(answers)
  const id = await longConversation(api)
  await chat.openConversation(id)
  const context = await chat.openContext()
  await context.getByRole('button', { name: 'Summarize older messages' }).click()
  const preview = context.getByRole('region', { name: 'Summarize older messages' })
  await expect(preview).toContainText('a summary instead of the 12 oldest messages')
  await expect(preview).toContainText(
    /Costs about \$[\d.]+, saves about \$[\d.]+ a turn: pays after/,
  )
  await preview.getByRole('button', { name: 'Summarize', exact: true }).click()
  await expect(preview).toHaveCount(0)
  await expect(context.getByRole('rowheader', { name: /^Summary/ })).toBeVisible()
  await page.keyboard.press('Escape')

  const card = chat.transcript.getByRole('region', { name: 'Summary of 12 messages' })
  await card.getByRole('button', { name: /The model is sent a summary/ }).click()
  await expect(card).toContainText('They spoke of rivers.')
  await expect(card).toContainText('No request has carried it yet.')
  await card.getByRole('button', { name: 'Edit summary' }).click()
  await card.getByRole('textbox', { name: 'Summary' }).fill('They spoke of boats.')
  await card.getByRole('button', { name: 'Save summary' }).click()
  await expect(card).toContainText('Edited.')

  await chat.send('And now?')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await expect(chat.answer.root).toContainText('Older messages are sent as a summary: 12 messages')
  const sent = JSON.stringify(fake.calls.findLast(({ body }) => 'tools' in body)?.body)
  expect(sent).toContain('They spoke of boats.')
  expect(sent).not.toContain('Question 5.')
  expect(sent).toContain('Question 6.')

  await page.reload()
  await card.getByRole('button', { name: /The model is sent a summary/ }).click()
  await expect(card).toContainText(/1 request since has saved about \$[\d.]+ and carried about/)
  await card.getByRole('button', { name: 'Undo summary' }).click()
  await expect(card).toHaveCount(0)
  await chat.send('At last?')
  await expect(chat.answers).toHaveCount(10)
  await expect(chat.answer.tryAgainButton).toBeVisible()
  const last = JSON.stringify(fake.calls.findLast(({ body }) => 'tools' in body)?.body)
  expect(last).toContain('Question 0.')
})

test('the share from which older messages are summarized is a setting of the conversation', async ({
  api,
  chat,
  page,
}) => {
  const { id } = await api.createConversation()
  await chat.openConversation(id)
  const settings = await chat.openSettings()
  await settings.openAdvanced()
  await settings.field('Summarize above').fill('5')
  await settings.saveButton.click()
  await expect(settings.root.getByRole('alert').first()).toBeVisible()
  await settings.field('Summarize above').fill('70')
  await settings.save()
  await expect
    .poll(async () => (await api.conversation(id)).settings)
    .toEqual({ summarizeAbovePercent: 70 })
  await page.reload()
  await expect((await chat.openSettings()).field('Summarize above')).toHaveValue('70')

  await page.goto('/settings/general')
  const section = page.getByRole('region', { name: 'Long conversations' })
  const percent = section.getByRole('textbox', { name: 'Summarize above' })
  await percent.fill('5')
  await section.getByRole('button', { name: 'Save' }).click()
  await expect(percent).toHaveAttribute('aria-invalid', 'true')
  await percent.fill('80')
  await section.getByRole('button', { name: 'Save' }).click()
  await expect(section.getByRole('status')).toHaveText('Saved')
  await page.reload()
  await expect(percent).toHaveValue('80')
})
