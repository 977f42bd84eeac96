// Files in messages, through the whole server: what a provider really receives on both APIs, what stays in
// the conversation, and what is deleted with it.
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import * as z from 'zod/mini'
import { Conversation, Run } from '#shared/api.ts'
import { RequestEstimate } from '#shared/estimate.ts'
import { FileInfo } from '#shared/files.ts'
import { startFakeUpstream } from '../../e2e/fake-upstream.ts'
import { purgeConversations } from '../conversations/change-store.ts'
import { says, startRuns } from '../testing/runs.ts'
import { filesOf } from './file-store.ts'
import { png } from '../testing/images.ts'
import { pdf } from '../testing/pdf.ts'
import { startForTest } from '../testing/start-tally.ts'
import { listAt } from '../upstream/record.ts'

type Api = 'responses' | 'chat_completions'

async function startChat(api: Api | 'demo', folder?: string) {
  const upstream = await startFakeUpstream({ parts: [{ text: 'I see.' }] })
  onTestFinished(() => upstream.close())
  const env = { OPENAI_BASE_URL: upstream.baseUrl, OPENAI_MODEL: 'fake', OPENAI_API: api }
  const tally = await startForTest(api === 'demo' ? {} : env, folder)
  const { address, send } = tally
  const upload = async (body: string | Uint8Array<ArrayBuffer>, name: string) => {
    const headers = { 'x-file-name': encodeURIComponent(name) }
    const response = await fetch(`${address}/api/files`, { method: 'POST', headers, body })
    return FileInfo.parse(await response.json())
  }
  const create = async () =>
    Conversation.parse((await send('POST', '/api/conversations', {})).json).id
  const read = async (id: string) =>
    Conversation.parse((await send('GET', `/api/conversations/${id}`)).json)
  const ended = async (id: string) => {
    await expect.poll(async () => (await read(id)).activeRunId, { timeout: 20_000 }).toBeNull()
    return read(id)
  }
  const say = async (id: string, body: object) => {
    const { status, json } = await send('POST', `/api/conversations/${id}/runs`, body)
    expect(json).not.toHaveProperty('code')
    expect(status).toBe(202)
    Run.parse(json)
    return ended(id)
  }
  return { ...tally, upstream, upload, create, read, say, ended }
}

const USER = z.object({ role: z.literal('user') })
const TEXT = 'a,b\n1,2\n```\n'

test.each<[Api, object, object, object]>([
  [
    'responses',
    { type: 'input_text', text: `File: sums.csv\n\`\`\`\`\n${TEXT}\`\`\`\`` },
    { type: 'input_image', image_url: expect.stringMatching(/^data:image\/png;base64,/) },
    { type: 'input_text', text: 'What is this?' },
  ],
  [
    'chat_completions',
    { type: 'text', text: `File: sums.csv\n\`\`\`\`\n${TEXT}\`\`\`\`` },
    { type: 'image_url', image_url: { url: expect.stringMatching(/^data:image\/png;base64,/) } },
    { type: 'text', text: 'What is this?' },
  ],
])(
  'on %s the provider gets the text and the very bytes, in every turn',
  async (api, file, image, text) => {
    const { upstream, upload, create, say } = await startChat(api)
    const bytes = png(40, 30)
    const files = [
      { id: (await upload(TEXT, 'sums.csv')).id },
      { id: (await upload(bytes, 'dot.png')).id },
    ]
    const id = await create()
    const { messages } = await say(id, { text: 'What is this?', files })
    expect(messages[0]?.parts).toMatchObject([
      { type: 'file', name: 'sums.csv', mediaType: 'text/plain', size: 12 },
      { type: 'file', name: 'dot.png', mediaType: 'image/png', width: 40, height: 30 },
      { type: 'text', text: 'What is this?' },
    ])
    await say(id, { text: 'And now?' })
    const key = api === 'responses' ? 'input' : 'messages'
    for (const call of upstream.calls.filter(({ body }) => body['stream'] === true)) {
      const asked = listAt(call.body, key).find((entry) => z.safeParse(USER, entry).success)
      expect(listAt(asked, 'content')).toEqual([
        file,
        expect.anything(),
        expect.objectContaining(image),
        text,
      ])
      expect(JSON.stringify(asked)).toContain(Buffer.from(bytes).toString('base64'))
    }
  },
)

test('a message cannot name a file in its text', async () => {
  const { upstream, upload, create, say } = await startChat('chat_completions')
  const { id: file } = await upload(png(2, 2), 'dot.png')
  const id = await create()
  await say(id, { files: [{ id: file }] })
  const mark = JSON.stringify({
    image_url: { url: `data:image/png;tally-file=${'a'.repeat(64)};tokens=1,` },
  })
  await say(id, { text: mark })
  const [last] = upstream.calls.filter(({ body }) => body['stream'] === true).slice(-1)
  expect(listAt(last?.body, 'messages').at(-1)).toMatchObject({ content: mark })
})

test('files alone are a message, and its versions and other answers keep them', async () => {
  const { upstream, upload, create, say } = await startChat('responses')
  const { id: file } = await upload('Only this', 'note.md')
  const id = await create()
  const first = await say(id, { files: [{ id: file }] })
  // A model may have named it by now.
  expect(['note.md', 'I see']).toContain(first.title)
  const [question, answer] = first.messages
  expect(question?.parts).toMatchObject([{ type: 'file', fileId: file }])
  const again = await say(id, { retryOf: answer?.id })
  expect(again.messages[1]?.siblingIds).toHaveLength(2)
  await say(id, { text: 'Edited', files: [{ id: file }], parentId: null })
  const asked = upstream.calls.filter(({ body }) => body['stream'] === true)
  for (const { body } of asked) expect(JSON.stringify(body['input'])).toContain('Only this')
})

test('what a file would cost is counted before it is sent, and in the context after', async () => {
  const { upload, create, send, say } = await startChat('responses')
  const text = 'word '.repeat(5000)
  const [note, image] = [await upload(text, 'long.txt'), await upload(png(2048, 1024), 'wide.png')]
  expect(note.tokens).toBeGreaterThan(4900)
  expect(image.tokens).toBeGreaterThan(700)
  const estimate = async (files: object[]) => {
    const { json } = await send('POST', '/api/estimate', { text: 'Hi', files })
    return RequestEstimate.parse(json).inputTokens
  }
  const bare = await estimate([])
  expect((await estimate([{ id: note.id }])) - bare).toBeGreaterThan(4900)
  expect((await estimate([{ id: image.id }])) - bare).toBeGreaterThan(image.tokens ?? 0)
  const id = await create()
  await say(id, { text: 'Hi', files: [{ id: image.id }] })
  const { json } = await send('GET', `/api/conversations/${id}/context`)
  const parts = listAt(json, 'parts').filter(
    (part) => z.safeParse(z.object({ kind: z.literal('user') }), part).success,
  )
  const { tokens } = z.object({ tokens: z.int() }).parse(parts[0])
  const whole = z.object({ inputTokens: z.int() }).parse(json)
  // In proportion to what the provider has counted.
  expect(tokens / whole.inputTokens).toBeGreaterThan(0.2)
})

test.each([
  ['Invalid content type. image_url is only supported by certain models.', 400],
  ['No endpoints found that support image input', 404],
  ['fake is not a multimodal model', 400],
])('the refusal “%s” is named with a remedy', async (message, status) => {
  const { upstream, upload, create, say } = await startChat('chat_completions')
  upstream.setScript({ status, errorBody: { error: { message } } })
  const { id: file } = await upload(png(2, 2), 'dot.png')
  const { messages } = await say(await create(), { text: 'Look', files: [{ id: file }] })
  expect(messages[1]?.parts).toMatchObject([
    {
      kind: 'error',
      code: 'files_refused',
      text: expect.stringContaining('Choose a model that does'),
    },
  ])
})

test('a file that is missing from the disk fails the answer in a sentence', async () => {
  const { folder, upload, create, say, send } = await startChat('responses')
  const { id: file } = await upload(png(2, 2), 'dot.png')
  const id = await create()
  await say(id, { text: 'Look', files: [{ id: file }] })
  rmSync(join(folder, 'files'), { recursive: true })
  const { messages } = await say(id, { text: 'Again' })
  expect(messages[3]?.parts).toMatchObject([{ kind: 'error', code: 'file_missing' }])
  const refused = await send('POST', `/api/conversations/${id}/runs`, { files: [{ id: file }] })
  expect(refused).toMatchObject({ status: 410, json: { code: 'file_missing' } })
})

test.each([
  ['a file that does not exist', [{ id: '__proto__' }], 404],
  ['pages of a text', [{ id: 'text', pages: '1' }], 400],
  ['no files', [], 400],
])('%s is refused, and nothing is stored', async (_, asked, status) => {
  const { upload, create, send, read } = await startChat('demo')
  const { id: file } = await upload('Text', 'a.txt')
  const files = asked.map((one) => ({ ...one, id: one.id === 'text' ? file : one.id }))
  const id = await create()
  const refused = await send('POST', `/api/conversations/${id}/runs`, { text: 'Hi', files })
  expect(refused.status).toBe(status)
  expect((await read(id)).messages).toEqual([])
})

test('the demo says what is true of a file', async () => {
  const { upload, create, say } = await startChat('demo')
  const files = [
    { id: (await upload('one\ntwo\n', 'list.txt')).id },
    { id: (await upload(png(2, 2), 'dot.png')).id },
  ]
  const { messages } = await say(await create(), { text: 'What is in it?', files })
  const text = JSON.stringify(messages[1]?.parts)
  expect(text).toContain('2 lines, 2 words')
  expect(text).toContain('cannot see images')
})

test('a file is deleted with the last message that uses it, and not before', async () => {
  const tally = await startRuns(says('Hi'))
  const { db, files, folder } = tally.parts
  const { id: file } = await files.upload('note.txt', ReadableStream.from([Buffer.from('Note')]))
  const asked = { files: [{ id: file, send: 'whole' as const }] }
  const conversations = [await tally.create(), await tally.create()]
  for (const { id } of conversations) await tally.ended((await tally.start(id, asked)).id)
  const onDisk = () => readdirSync(join(folder, 'files'))
  for (const [index, { id }] of conversations.entries()) {
    expect(await filesOf(db, id)).toMatchObject([{ id: file, name: 'note.txt' }])
    await tally.send('DELETE', `/api/conversations/${id}`)
    // It can still be undone.
    await files.clean()
    expect(onDisk()).toHaveLength(1)
    await purgeConversations(db, () => true)
    await files.clean()
    expect(onDisk()).toHaveLength(index === 0 ? 1 : 0)
  }
  await expect(files.find(file)).rejects.toThrow('There is no such file')
})

test.each<[Api, object]>([
  ['responses', { type: 'input_file', filename: 'report.pdf' }],
  ['chat_completions', { type: 'file', file: { filename: 'report.pdf' } }],
])('on %s a PDF is sent as the text of chosen pages, or as it is', async (api, original) => {
  const { upstream, upload, create, say, send } = await startChat(api)
  const bytes = pdf('First page', 'Second page', 'Third page')
  const file = await upload(bytes, 'report.pdf')
  expect(file).toMatchObject({
    type: 'application/pdf',
    pages: 3,
    pageTokens: [2, 2, 2],
    tokens: 6,
  })
  const id = await create()
  const refused = await send('POST', `/api/conversations/${id}/runs`, {
    files: [{ id: file.id, pages: '2-9' }],
  })
  expect(refused).toMatchObject({
    status: 400,
    json: { detail: expect.stringContaining('pages 1 to 3') },
  })
  const { messages } = await say(id, { text: 'Sum up', files: [{ id: file.id, pages: '1, 3' }] })
  expect(messages[0]?.parts[0]).toMatchObject({ pages: 3, sentPages: '1, 3', tokens: 4 })
  const chats = () => upstream.calls.filter(({ body }) => body['stream'] === true)
  const sent = JSON.stringify(chats()[0]?.body)
  expect(sent).toContain('report.pdf (pages 1, 3 of 3)')
  expect(sent).toContain('[Page 3]\\nThird page')
  expect(sent).not.toContain('Second page')
  await say(id, { text: 'As it is', files: [{ id: file.id, send: 'original' }] })
  const asked = listAt(chats()[1]?.body, api === 'responses' ? 'input' : 'messages').at(-1)
  const part = listAt(asked, 'content').at(-2)
  expect(part).toMatchObject(original)
  const data = `data:application/pdf;base64,${Buffer.from(bytes).toString('base64')}`
  expect(JSON.stringify(part)).toContain(JSON.stringify(data))
})
