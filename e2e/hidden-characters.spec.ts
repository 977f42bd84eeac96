// Models and servers choose titles and the names of tools and models. Characters that reorder or hide
// text are shown as marks there, but not in messages.
import { expect, test } from './fixtures.ts'
import { chats } from './scripts.ts'

const MODEL = 'gpt\u202E-4.1'
const CALL = { name: 'pay\u202Eexe.txt', arguments: { to: 'acme\u2066evil\u001B[2J' } }

test.use({
  provider: { upstream: 'fake', api: 'chat_completions' },
  models: [MODEL],
  env: { OPENAI_MODEL: MODEL },
})

test('control and bidirectional characters are visible in names, titles and arguments', async ({
  api,
  chat,
  fake,
  page,
  usage,
}) => {
  const answer = 'As said: left\u202Eright'
  fake.setScript(chats({ parts: [{ call: CALL }] }, { parts: [{ text: answer }] }))
  await chat.open()
  await expect(chat.modelPicker).toContainText('gpt⟨U+202E⟩-4.1')
  await chat.send('Pay it')

  const card = chat.answer.tool('pay⟨U+202E⟩exe.txt')
  await expect(card).toContainText('acme⟨U+2066⟩evil')
  await expect(card).toContainText('Failed')
  await expect(chat.answer.root).toContainText(answer)

  const id = await chat.conversationId()
  await api.updateConversation(id, { title: 'Bill\u202E2026' })
  await page.reload()
  await expect(chat.sidebar.conversation('Bill⟨U+202E⟩2026')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Bill⟨U+202E⟩2026' })).toBeVisible()
  await expect(page).toHaveTitle('Bill⟨U+202E⟩2026 · Tally')

  const receipt = await chat.answer.openReceipt()
  await expect(receipt.root).toContainText('gpt⟨U+202E⟩-4.1')
  await receipt.close()
  await usage.open()
  await expect(usage.byModel).toContainText('gpt⟨U+202E⟩-4.1')
  await expect(usage.byTool).toContainText('pay⟨U+202E⟩exe.txt')
})
