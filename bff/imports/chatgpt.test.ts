// ChatGPT's export of 2026, over real HTTP and real SQLite.
import { expect, test } from 'vitest'
import { messageText } from '#shared/message-text.ts'
import {
  chatgptConversation,
  chatgptNode as node,
  importAll,
  settled,
  upload,
} from '../testing/imports.ts'
import { answerItem, says, startRuns, type StartedRuns, token } from '../testing/runs.ts'
import { makeZip } from '../testing/zip.ts'

const thoughts = { content_type: 'thoughts', thoughts: [{ summary: 'Plan', content: 'Look.' }] }
const code = { content_type: 'code', language: 'json', text: '{"q":"oslo"}' }
const result = { content_type: 'execution_output', text: '20°' }
const image = { content_type: 'image_asset_pointer', asset_pointer: 'file-service://file-1' }
const strange = { content_type: 'hologram', angle: 7 }

/** Without metadata, with hidden nodes, a tool, two versions of an answer, and a marker of a citation. */
const NODES = [
  node('root', null, null),
  node('sys', 'root', 'system', 'You are ChatGPT.'),
  node('hidden', 'sys', 'user', 'secret', {
    metadata: { is_visually_hidden_from_conversation: true },
  }),
  node('u1', 'hidden', 'user', {
    content_type: 'multimodal_text',
    parts: ['How warm?', image],
  }),
  node('a1', 'u1', 'assistant', thoughts),
  node('a2', 'a1', 'assistant', code, { recipient: 'web' }),
  node('a3', 'a2', 'tool', result),
  node('a4', 'a3', 'assistant', 'It is 20°.\u{E200}cite\u{E202}turn0\u{E201}', {
    metadata: { model_slug: 'gpt-5-2' },
  }),
  node('b1', 'u1', 'assistant', 'Another version.'),
  node('u2', 'a4', 'user', 'Thanks', { metadata: { attachments: [{ name: 'map.pdf' }] } }),
  node('a5', 'u2', 'assistant', strange),
]

const EXPORT = JSON.stringify([chatgptConversation('c1', 'Weather', NODES)])

async function imported(tally: StartedRuns, title: string) {
  const { items } = (await (await tally.request('/api/conversations')).json()) as {
    items: { id: string; title: string }[]
  }
  const id = items.find((item) => item.title === title)?.id ?? ''
  return tally.conversation(id)
}

test('all branches come over, with reasoning, tools and what is not known', async () => {
  const tally = await startRuns(says('Hi'))
  const id = await upload(tally, EXPORT)
  expect(await settled(tally, id)).toMatchObject({
    state: 'ready',
    source: 'chatgpt',
    fileName: 'conversations.json',
    preview: {
      conversations: 1,
      messages: 5,
      duplicates: 0,
      totals: null,
      to: '2025-11-24T16:01:40.500Z',
    },
  })
  expect(await (await tally.request('/api/conversations')).json()).toMatchObject({ items: [] })
  await tally.send('POST', `/api/imports/${id}/start`)
  const done = await settled(tally, id)
  expect(done).toMatchObject({
    state: 'done',
    progress: 1,
    report: { conversations: 1, messages: 5, items: [{ title: 'Weather' }] },
  })
  expect(done.report?.leftOut).toEqual([
    { reason: 'files', count: 2 },
    { reason: 'unknown_parts', count: 1 },
  ])
  const conversation = await imported(tally, 'Weather')
  expect(conversation.createdAt).toBe('2025-11-24T16:00:00.250Z')
  const [question, answer, thanks, last] = conversation.messages
  expect(question?.parts[0]).toEqual({ type: 'text', text: 'How warm?' })
  expect(question?.parts[1]).toMatchObject({ kind: 'imported', text: 'An image was not imported.' })
  expect(answer?.siblingIds).toHaveLength(2)
  expect(answer?.model).toBe('gpt-5-2')
  expect(answer?.parts).toMatchObject([
    { type: 'reasoning', text: 'Plan\n\nLook.' },
    { type: 'tool_call', name: 'web', arguments: '{"q":"oslo"}', output: '20°', status: 'done' },
    { type: 'text', text: 'It is 20°.' },
  ])
  expect(thanks?.parts[1]).toMatchObject({ text: 'The file map.pdf was not imported.' })
  const [unknown] = last?.parts ?? []
  expect(unknown).toMatchObject({ text: 'A part of the type “hologram” cannot be shown.' })
  expect(unknown?.type === 'notice' && unknown.kind === 'imported' && unknown.source).toContain(
    '"angle": 7',
  )
})

test('what it cost is not known, and never zero', async () => {
  const tally = await startRuns(says('Hi'))
  await importAll(tally, EXPORT)
  const conversation = await imported(tally, 'Weather')
  const unknown = { calls: 0, costNanoUsd: null, certainty: 'unknown' }
  expect(conversation.totals).toMatchObject(unknown)
  expect(conversation.messages[1]?.totals).toMatchObject(unknown)
  const usage = await (await tally.request('/api/usage/summary')).json()
  expect(usage).toMatchObject({ totals: { calls: 0, costNanoUsd: 0 } })
})

test('a second import adds only what is new', async () => {
  const tally = await startRuns(says('Hi'))
  await importAll(tally, EXPORT)
  const again = await upload(tally, EXPORT)
  expect(await settled(tally, again)).toMatchObject({ preview: { duplicates: 1 } })
  await tally.send('POST', `/api/imports/${again}/start`)
  expect((await settled(tally, again)).report).toMatchObject({
    conversations: 0,
    extended: 0,
    unchanged: 1,
    messages: 0,
    items: [],
  })
  const more = [...NODES, node('c1', 'u1', 'assistant', 'A third version.')]
  const grown = JSON.stringify([chatgptConversation('c1', 'Weather', more)])
  expect((await importAll(tally, grown)).report).toMatchObject({ extended: 1, messages: 1 })
  const conversation = await imported(tally, 'Weather')
  expect(conversation.messages).toHaveLength(4)
  expect(conversation.messages[1]?.siblingIds).toHaveLength(3)
})

test('numbered files of a zip are all read, whatever their paths say', async () => {
  const tally = await startRuns(says('Hi'))
  const one = (id: string) => [
    node(`${id}-u`, null, 'user', 'Hello'),
    node(`${id}-a`, `${id}-u`, 'assistant', 'Hi'),
  ]
  const zip = await makeZip({
    'export/conversations-001.json': JSON.stringify([chatgptConversation('c2', 'Two', one('2'))]),
    'export/conversations-000.json': JSON.stringify([chatgptConversation('c1', 'One', one('1'))]),
    'export/user.json': '{"id":"someone"}',
    'export/file-1-cat.png': 'not a picture',
    'chat.html': '<html>',
  })
  // What a name says is changed behind the back of the writer, in both of its places.
  const traversal = Buffer.from(
    zip.toString('latin1').replaceAll('chat.html', '../../x.t'),
    'latin1',
  )
  const job = await importAll(tally, traversal, 'export.zip')
  expect(job).toMatchObject({ state: 'done', report: { conversations: 2, messages: 4 } })
  expect(job.report?.items.map(({ title }) => title)).toEqual(['One', 'Two'])
})

test('an imported conversation goes on, and the model gets its text', async () => {
  const sent: unknown[] = []
  const tally = await startRuns(async (run) => {
    sent.push(run.history)
    await run.emit(token('On we go.'))
    await run.storeItems([answerItem('On we go.')])
    return { status: 'completed' }
  })
  await importAll(tally, EXPORT)
  const { id, messages } = await imported(tally, 'Weather')
  const run = await tally.start(id, { text: 'And tomorrow?' })
  await tally.ended(run.id)
  const text = JSON.stringify(sent)
  expect(text).toContain('How warm?')
  expect(text).toContain('It is 20°.')
  expect(text).not.toMatch(/secret|Another version|oslo/)
  const retried = await tally.start(id, { retryOf: messages[1]?.id ?? '' })
  await tally.ended(retried.id)
  const after = await tally.conversation(id)
  expect(messageText(after.messages.at(-1) ?? { parts: [] })).toBe('On we go.')
  await expect
    .poll(async () => (await tally.request('/api/search?q=thanks')).json())
    .toMatchObject({ items: [{ conversationId: id }] })
})
