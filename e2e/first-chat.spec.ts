import { expect, test } from './fixtures.ts'

const QUESTIONS = [
  ['What is Tally?', 'search_documentation'],
  ['What time is it?', 'current_time'],
  ['How do I connect Ollama?', 'search_documentation'],
] as const

test('a new user asks, watches a tool run, sees the cost and asks again', async ({
  chat,
  page,
}) => {
  await chat.open()
  await expect(page).toHaveTitle(/Tally/)
  await expect(page.getByText(/demo/i).first()).toBeVisible()
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

  await expect(chat.answer.tryAgainButton).toBeVisible()
  await chat.send('What is 2 * 21?')
  await expect(chat.answers).toHaveCount(2)
  await expect(chat.answer.root).toContainText('42')
  await expect(chat.sidebar.conversations).toHaveCount(1)
})

test('the demo answers with the real tools, and shows Markdown', async ({ chat }) => {
  await chat.open()
  for (const [index, [question, tool]] of QUESTIONS.entries()) {
    await chat.send(question)
    await expect(chat.answers).toHaveCount(index + 1)
    await expect(chat.answer.tool(tool)).toContainText('Done')
    await expect(chat.answer.tryAgainButton).toBeVisible()
    expect((await chat.answer.root.innerText()).length).toBeGreaterThan(80)
  }

  await chat.send('Show me some Markdown')
  await expect(chat.answers).toHaveCount(4)
  // The answer is long and written at reading speed.
  await expect(chat.answer.tryAgainButton).toBeVisible({ timeout: 50_000 })
  const { root } = chat.answer
  await expect(root.getByRole('table').first()).toBeVisible()
  await expect(root.getByRole('listitem').first()).toBeVisible()
  await expect(root.locator('pre code').first()).toBeVisible()
  await expect(root.getByRole('button', { name: /^Copy/ }).first()).toBeVisible()
})
