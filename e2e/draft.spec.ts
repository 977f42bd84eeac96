import { expect, test } from './fixtures.ts'

test('a draft survives a reload, per conversation', async ({ api, chat, page }) => {
  const one = await api.createConversation({ title: 'One' })
  await api.createConversation({ title: 'Two' })
  await chat.openConversation(one.id)
  await chat.composer.fill('half a thought')
  await chat.sidebar.conversation('Two').click()
  await expect(chat.composer).toHaveValue('')
  await chat.composer.fill('another thought')

  await page.reload()
  await expect(chat.composer).toHaveValue('another thought')
  await chat.sidebar.conversation('One').click()
  await expect(chat.composer).toHaveValue('half a thought')
})

test('a new chat keeps its draft until it is sent', async ({ chat, page }) => {
  await chat.open()
  await chat.composer.fill('Hello')
  await page.reload()
  await expect(chat.composer).toHaveValue('Hello')

  await chat.composer.press('Enter')
  await expect(chat.answer.tryAgainButton).toBeVisible()
  await page.reload()
  await expect(chat.answers).toHaveCount(1)
  await expect(chat.composer).toHaveValue('')
})

test('Shift+Enter adds a line, Enter sends, and the composer resizes', async ({ chat }) => {
  await chat.open()
  const height = async () => (await chat.composer.boundingBox())?.height ?? 0
  const small = await height()
  await chat.composer.pressSequentially('one')
  for (const line of ['two', 'three', 'four']) {
    await chat.composer.press('Shift+Enter')
    await chat.composer.pressSequentially(line)
  }
  await expect(chat.composer).toHaveValue('one\ntwo\nthree\nfour')
  await expect.poll(height).toBeGreaterThan(small)

  await chat.composer.press('Enter')
  await expect(chat.questions).toHaveCount(1)
  expect(await chat.questions.innerText()).toContain('one\ntwo\nthree\nfour')
  await expect.poll(height).toBe(small)
})

test('a very long text is accepted and does not fill the page', async ({ api, chat }) => {
  const text = 'All work and no play makes a long message. '.repeat(2000).trim()
  await chat.open()
  await chat.composer.fill(text)
  const box = await chat.composer.boundingBox()
  expect(box?.height).toBeLessThan(450)
  await chat.composer.press('Enter')
  await expect(chat.answer.tryAgainButton).toBeVisible()

  const { messages } = await api.conversation(await chat.conversationId())
  expect(messages[0]?.parts).toEqual([{ type: 'text', text }])
})

test('Enter while composing with an input method does not send', async ({ chat }) => {
  await chat.open()
  await chat.composer.fill('にほん')
  await chat.composer.dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true })

  await expect(chat.composer).toHaveValue('にほん')
  await expect(chat.questions).toHaveCount(0)
})
