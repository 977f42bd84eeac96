import { messageText } from '#shared/message-text.ts'
import { expect, test } from '../fixtures.ts'

test('a conversation is created, read, renamed and deleted', async ({ api }) => {
  const made = await api.createConversation({ title: 'Trip to Oslo' })
  expect(made).toMatchObject({ title: 'Trip to Oslo', messages: [], activeRunId: null })
  expect(await api.conversation(made.id)).toEqual(made)

  const renamed = await api.updateConversation(made.id, { title: '  Trip to Bergen ' })
  expect(renamed.title).toBe('Trip to Bergen')

  const init = { method: 'DELETE', headers: { 'content-type': 'application/json' } }
  expect((await api.request(`/api/conversations/${made.id}`, init)).status).toBe(204)
  expect((await api.request(`/api/conversations/${made.id}`)).status).toBe(404)
  expect((await api.conversations()).items).toEqual([])
})

test('the list is newest first and pages through every conversation once', async ({ api }) => {
  const made: string[] = []
  for (let n = 0; n < 7; n++) made.push((await api.createConversation({ title: `No. ${n}` })).id)

  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page = await api.conversations(`?limit=3${cursor && `&cursor=${cursor}`}`)
    expect(page.items.length).toBeLessThanOrEqual(3)
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  }
  expect(seen).toEqual(made.toReversed())
})

test('a conversation with a new message moves to the top', async ({ api }) => {
  const older = await api.createConversation({ title: 'Older' })
  const newer = await api.createConversation({ title: 'Newer' })
  await api.ended(await api.startRun(older.id, { text: 'Hello' }))

  const { items } = await api.conversations()
  expect(items.map(({ id }) => id)).toEqual([older.id, newer.id])
})

test('settings are stored, replaced as a whole and validated', async ({ api }) => {
  const { id } = await api.createConversation({ settings: { temperature: 0.3 } })
  expect((await api.conversation(id)).settings).toEqual({ temperature: 0.3 })

  await api.updateConversation(id, { settings: { instructions: 'Be brief.', topP: 0.5 } })
  expect((await api.conversation(id)).settings).toEqual({ instructions: 'Be brief.', topP: 0.5 })

  const refused = await api.post('/api/conversations', { settings: { topP: 2 } })
  expect(refused.status).toBe(400)
})

test('a retry creates a second branch, and either can be selected', async ({ api }) => {
  const first = await api.say('Hello')
  await api.ended(first)
  const second = await api.startRun(first.conversationId, { retryOf: first.messageId })
  await api.ended(second)

  expect(second.userMessageId).toBe(first.userMessageId)
  const after = await api.conversation(first.conversationId)
  expect(after.messages.map(({ id }) => id)).toEqual([first.userMessageId, second.messageId])
  expect(after.messages.at(-1)?.siblingIds).toEqual([first.messageId, second.messageId])

  const back = await api.updateConversation(first.conversationId, {
    selectedMessageId: first.messageId,
  })
  expect(back.messages.map(({ id }) => id)).toEqual([first.userMessageId, first.messageId])
})

test('an edited question creates a branch with its own answer', async ({ api }) => {
  const first = await api.say('What is 2 + 2?')
  await api.ended(first)
  const edited = await api.startRun(first.conversationId, {
    text: 'What is 3 + 3?',
    parentId: null,
  })
  await api.ended(edited)

  const { messages } = await api.conversation(first.conversationId)
  expect(messages.map(({ id }) => id)).toEqual([edited.userMessageId, edited.messageId])
  expect(messages[0] && messageText(messages[0])).toBe('What is 3 + 3?')
  expect(messages[0]?.siblingIds).toEqual([first.userMessageId, edited.userMessageId])
})

test('a long conversation comes in pages, newest first', async ({ api }) => {
  const { id } = await api.createConversation()
  for (let n = 0; n < 3; n++) await api.ended(await api.startRun(id, { text: `Question ${n}` }))
  const whole = await api.conversation(id)
  expect(whole.messages).toHaveLength(6)
  expect(whole.previousCursor).toBeNull()
})
