import { expect, test } from './fixtures.ts'
import { chatCalls, chats, barrier } from './scripts.ts'

test.use({ provider: { upstream: 'fake', api: 'responses' } })

test('a submit whose response was lost is retried and runs once', async ({
  api,
  chat,
  fake,
  guard,
  page,
}) => {
  guard.allow(/ERR_FAILED|ERR_CONNECTION/)
  fake.setScript(chats({ parts: [{ text: 'Once is enough.' }] }))
  let submits = 0
  // The server gets the first submit, but the page never gets its response.
  await page.route('**/api/conversations/*/runs', async (route) => {
    submits += 1
    if (submits > 1) return route.continue()
    await route.fetch()
    await route.abort('connectionfailed')
  })
  await chat.open()
  await chat.send('Do it once')

  await expect(chat.answer.root).toContainText('Once is enough.')
  await expect(chat.questions).toHaveCount(1)
  expect(submits).toBe(2)
  expect(chatCalls(fake)).toHaveLength(1)
  const { messages } = await api.conversation(await chat.conversationId())
  expect(messages).toHaveLength(2)
})

test('a new chat whose response was lost is created once', async ({
  api,
  chat,
  fake,
  guard,
  page,
}) => {
  guard.allow(/ERR_FAILED|ERR_CONNECTION/)
  fake.setScript(chats({ parts: [{ text: 'Made once.' }] }))
  let asked = 0
  await page.route('**/api/conversations', async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    asked += 1
    if (asked > 1) return route.continue()
    await route.fetch()
    await route.abort('connectionfailed')
  })
  await chat.open()
  await chat.send('Begin')

  await expect(chat.answer.root).toContainText('Made once.')
  expect(asked).toBe(2)
  const { items } = await api.conversations()
  expect(items.map(({ id }) => id)).toEqual([await chat.conversationId()])
})

test('pressing Enter twice sends once', async ({ chat, fake }) => {
  const gate = barrier()
  fake.setScript(chats({ parts: [{ text: 'One answer.' }, gate.part] }))
  await chat.open()
  await chat.composer.fill('Hello')
  await chat.composer.press('Enter')
  await chat.composer.press('Enter')
  await expect(chat.answer.root).toContainText('One answer.')
  gate.open()

  await expect(chat.answer.tryAgainButton).toBeVisible()
  await expect(chat.questions).toHaveCount(1)
  expect(chatCalls(fake)).toHaveLength(1)
})
