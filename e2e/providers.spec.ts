import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ModelList } from '#shared/api.ts'
import { expect, test } from './fixtures.ts'
import { chatCalls, chats } from './scripts.ts'

test('providers are read from a file, and a model is routed by its pattern', async ({
  aimock,
  api,
  chat,
  fake,
  tally,
}) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'tally-e2e-'))
  const file = path.join(folder, 'providers.json')
  const local = { name: 'local', baseUrl: fake.baseUrl, defaultModel: 'gpt-4.1' }
  const other = { name: 'other', baseUrl: `${aimock.url}/v1`, modelPatterns: ['llama-*'] }
  await writeFile(file, JSON.stringify([local, { ...other, apiKeyEnv: 'OTHER_KEY' }]))
  await tally.kill()
  await tally.start({ TALLY_PROVIDERS: file, OTHER_KEY: 'sk-other' })
  fake.setScript(chats({ parts: [{ text: 'This is local.' }] }))
  aimock.onMessage(/.*/, { content: 'This is other.' })

  const models = ModelList.parse(await (await api.request('/api/models')).json())
  expect(models.default).toEqual({ provider: 'local', model: 'gpt-4.1' })
  expect(models.items.map(({ name }) => name)).toEqual(expect.arrayContaining(['local', 'other']))

  await chat.open()
  await chat.send('Who are you?')
  await expect(chat.answer.root).toContainText('This is local.')
  expect(chatCalls(fake)).toHaveLength(1)

  const { id } = await api.createConversation()
  const run = await api.startRun(id, { text: 'And you?', model: 'llama-4' })
  await api.ended(run)
  expect(run).toMatchObject({ provider: 'other', model: 'llama-4' })
  await chat.openConversation(id)
  await expect(chat.answer.root).toContainText('This is other.')
  expect(aimock.getRequests().at(0)?.headers['authorization']).toBeDefined()
  await rm(folder, { recursive: true })
})
