import { expect, test } from './fixtures.ts'

test('a new user asks, watches a tool run and sees the cost', async ({ chat, page }) => {
  await chat.open()
  await expect(page).toHaveTitle(/Tally/)
  await expect(chat.composer).toBeFocused()
  await expect(chat.sendButton).toBeDisabled()

  await chat.send('What is 17 * 23?')

  await expect(chat.questions).toHaveText(/What is 17 \* 23\?/)
  await expect(chat.composer).toHaveValue('')
  await expect(chat.answer.tool('calculate')).toContainText('Done')
  await expect(chat.answer.root).toContainText('391')
  await expect(chat.answer.receiptButton).toHaveAccessibleName('Receipt: demo')
  await expect(chat.conversationCost).toHaveText(/^demo · [\d,]+ tokens$/)
  await expect(page).toHaveURL(/\/c\/[\w-]+$/)
  await expect(chat.sidebar.conversations).toHaveCount(1)
  await expect(chat.composer).toBeFocused()
})

test('the demo is labelled as a demo', async ({ chat, page }) => {
  await chat.open()

  await expect(page.getByText(/demo/i).first()).toBeVisible()
})

for (const [question, tool] of [
  ['What is Tally?', 'search_documentation'],
  ['What time is it?', 'current_time'],
  ['How do I connect Ollama?', 'search_documentation'],
] as const) {
  test(`the demo answers "${question}" with the real tool ${tool}`, async ({ chat }) => {
    await chat.open()
    await chat.send(question)

    await expect(chat.answer.tool(tool)).toContainText('Done')
    await expect(chat.answer.tryAgainButton).toBeVisible()
    expect((await chat.answer.root.innerText()).length).toBeGreaterThan(80)
  })
}

test('the demo renders Markdown', async ({ chat }) => {
  await chat.open()
  await chat.send('Show me some Markdown')
  // The answer is long and written at reading speed.
  await expect(chat.answer.tryAgainButton).toBeVisible({ timeout: 50_000 })

  const { root } = chat.answer
  await expect(root.getByRole('table').first()).toBeVisible()
  await expect(root.getByRole('listitem').first()).toBeVisible()
  await expect(root.locator('pre code').first()).toBeVisible()
  await expect(root.getByRole('button', { name: /^Copy/ }).first()).toBeVisible()
})

test('a second question continues the conversation', async ({ chat }) => {
  await chat.open()
  await chat.send('What is 17 * 23?')
  await expect(chat.answer.root).toContainText('391')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await chat.send('What is 2 * 21?')

  await expect(chat.answers).toHaveCount(2)
  await expect(chat.answer.root).toContainText('42')
  await expect(chat.sidebar.conversations).toHaveCount(1)
})
