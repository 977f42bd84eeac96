// Discovery of a local model server. It must listen on a usual port, so one of them must be free.
import { expect, test } from './fixtures.ts'
import { type FakeUpstream, startFakeUpstream } from './fake-upstream.ts'
import { chatCalls, chats } from './scripts.ts'

const USUAL = [
  { name: 'lm-studio', port: 1234 },
  { name: 'vllm', port: 8000 },
  { name: 'ollama', port: 11434 },
  { name: 'llama.cpp', port: 8080 },
]
const MODELS = ['qwen3-e2e', 'nomic-embed-text']

test.use({ env: { TALLY_DISCOVER: '1' } })

let local: FakeUpstream | null = null
test.afterEach(() => local?.close())

/** Starts a server on a free port and returns the provider name to expect. */
async function startWhereFree(): Promise<string | null> {
  for (const { name, port } of USUAL) {
    local = await startFakeUpstream({}, { models: MODELS, port }).catch(() => null)
    if (local !== null) return name
  }
  return null
}

test('a local server is in the model picker, answers and is free', async ({ api, chat, page }) => {
  await chat.open()
  // The server starts after the page has looked for local servers.
  const name = await startWhereFree()
  test.skip(name === null, 'Every usual port of a local model server is taken.')
  if (name === null || local === null) return
  local.setScript(chats({ parts: [{ text: 'I run right here.' }] }))

  await chat.modelPicker.click()
  const group = page.getByRole('group', { name: new RegExp(RegExp.escape(name)) })
  await expect(group.getByRole('menuitemradio')).toHaveText([/^qwen3-e2e/])
  await chat.modelChoice('qwen3-e2e').click()
  await chat.send('Where are you?')

  await expect(chat.answer.root).toContainText('I run right here.')
  const [call] = chatCalls(local)
  expect(call?.api).toBe('chat_completions')
  expect(call?.headers.authorization).toBeUndefined()
  await expect(chat.answer.receiptButton).toHaveAccessibleName('Receipt: $0.00')
  const receipt = await chat.answer.openReceipt()
  await expect(receipt.root).toContainText(/on this computer/)
  expect(await api.conversation(await chat.conversationId())).toMatchObject({ provider: name })
})
