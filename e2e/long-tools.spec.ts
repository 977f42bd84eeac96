import { SlowTools } from './slow-tools.ts'
import { expect, test } from './fixtures.ts'
import type { Api } from './api.ts'
import { SERVER_GONE } from './page-guard.ts'
import type { ChatPage } from './pages/chat-page.ts'
import { chatCalls, chats } from './scripts.ts'

test.use({ entry: 'slowTools', provider: { upstream: 'fake', api: 'responses' } })

test('two concurrent tools start and end independently', async ({ api, chat, fake }) => {
  await using slowTools = await SlowTools.open()
  fake.setScript(
    chats(
      { parts: [slowTools.call('slow'), slowTools.call('quick')] },
      { parts: [{ text: 'Both are back.' }] },
    ),
  )
  await ask(api, chat)
  const slow = chat.answer.tool('slow_tool').filter({ hasText: '/slow' })
  const quick = chat.answer.tool('slow_tool').filter({ hasText: '/quick' })
  await expect(slow).toContainText('Running')
  await expect(quick).toContainText('Running')
  await expect.poll(() => slowTools.begun).toHaveLength(2)

  slowTools.finish('quick')
  await expect(quick).toContainText('Done: quick')
  await expect(slow).toContainText('Running')
  expect(chatCalls(fake)).toHaveLength(1)

  slowTools.finish('slow')
  await expect(slow).toContainText('Done: slow')
  await expect(chat.answer.root).toContainText('Both are back.')
})

test('Stop aborts a running tool, and its outcome is unknown', async ({ api, chat, fake }) => {
  await using slowTools = await SlowTools.open()
  fake.setScript(chats({ parts: [slowTools.call('slow')] }, { parts: [{ text: 'Too late.' }] }))
  await ask(api, chat)
  await expect(chat.answer.tool('slow_tool')).toContainText('Running')
  await expect.poll(() => slowTools.begun).toEqual(['slow'])
  await chat.stopButton.click()

  await expect(chat.answer.tool('slow_tool')).toContainText('Unknown')
  await expect(chat.answer.root).toContainText(/stopped/i)
  expect(chatCalls(fake)).toHaveLength(1)

  await chat.send('What happened?')
  await expect(chat.answer.root).toContainText('Too late.')
  expect(slowTools.begun).toEqual(['slow'])
})

test('a tool running during a crash is unknown and is not rerun', async ({
  api,
  chat,
  fake,
  guard,
  tally,
}) => {
  guard.allow(SERVER_GONE)
  await using slowTools = await SlowTools.open()
  fake.setScript(chats({ parts: [slowTools.call('slow')] }, { parts: [{ text: 'I see.' }] }))
  await ask(api, chat)
  await expect(chat.answer.tool('slow_tool')).toContainText('Running')
  await expect.poll(() => slowTools.begun).toEqual(['slow'])
  await tally.kill()
  await tally.start()

  await expect(chat.answer.tool('slow_tool')).toContainText('Unknown')
  await expect(chat.answer.root).toContainText(/interrupted/i)
  await expect(chat.answer.retryButton).toBeVisible()
  await chat.send('What happened?')
  await expect(chat.answer.root).toContainText('I see.')
  expect(slowTools.begun).toEqual(['slow'])
  const sent = JSON.stringify(chatCalls(fake).at(-1)?.body)
  expect(sent).toMatch(/unknown/i)
})

async function ask(api: Api, chat: ChatPage): Promise<void> {
  const { id } = await api.createConversation({ agent: 'test_agent' })
  await chat.openConversation(id)
  await chat.send('Run the slow tools')
}
