import { expect, test } from './fixtures.ts'

test('a draft is kept per conversation, and a very long text is sent and does not fill the page', async ({
  api,
  chat,
  page,
}) => {
  const one = await api.createConversation({ title: 'One' })
  const two = await api.createConversation({ title: 'Two' })
  await chat.openConversation(one.id)
  await chat.composer.fill('half a thought')
  await chat.sidebar.conversation('Two').click()
  await expect(chat.composer).toHaveValue('')
  await chat.composer.fill('another thought')

  await page.reload()
  await expect(chat.composer).toHaveValue('another thought')
  await chat.sidebar.conversation('One').click()
  await expect(chat.composer).toHaveValue('half a thought')

  await chat.sidebar.conversation('Two').click()
  await expect(chat.composer).toHaveValue('another thought')
  const text = 'All work and no play makes a long message. '.repeat(2000).trim()
  await chat.composer.fill(text)
  const box = await chat.composer.boundingBox()
  expect(box?.height).toBeLessThan(450)
  await chat.composer.press('Enter')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  const { messages } = await api.conversation(two.id)
  expect(messages[0]?.parts).toEqual([{ type: 'text', text }])
})

test('Shift+Enter adds a line, a new chat keeps its draft, and Enter sends it', async ({
  chat,
  page,
}) => {
  await chat.open()
  const height = async () => (await chat.composer.boundingBox())?.height ?? 0
  const small = await height()
  await chat.composer.fill('にほん')
  // Enter chooses a character of an input method.
  await chat.composer.dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true })
  await expect(chat.composer).toHaveValue('にほん')
  await expect(chat.questions).toHaveCount(0)

  await chat.composer.fill('')
  await chat.composer.pressSequentially('one')
  for (const line of ['two', 'three', 'four']) {
    await chat.composer.press('Shift+Enter')
    await chat.composer.pressSequentially(line)
  }
  await expect(chat.composer).toHaveValue('one\ntwo\nthree\nfour')
  await expect.poll(height).toBeGreaterThan(small)
  await page.reload()
  await expect(chat.composer).toHaveValue('one\ntwo\nthree\nfour')

  await chat.composer.press('Enter')
  await expect(chat.questions).toHaveCount(1)
  expect(await chat.questions.innerText()).toContain('one\ntwo\nthree\nfour')
  await expect.poll(height).toBe(small)
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await page.reload()
  await expect(chat.answers).toHaveCount(1)
  await expect(chat.composer).toHaveValue('')
})
