// The exports of Claude, Open WebUI and LibreChat, over real HTTP and real SQLite.
import { expect, test } from 'vitest'
import type { BranchMessage } from '#shared/api.ts'
import { importAll } from '../testing/imports.ts'
import { says, startRuns } from '../testing/runs.ts'
import { makeZip } from '../testing/zip.ts'

/** Imports the file, and returns the report and the selected branch of its only conversation. */
async function imported(body: string | Buffer, name?: string) {
  const tally = await startRuns(says('Hi'))
  const job = await importAll(tally, body, name)
  const [item] = job.report?.items ?? []
  if (item === undefined) throw new Error(job.problem ?? 'Nothing was imported.')
  return { job, conversation: await tally.conversation(item.id) }
}

const partsOf = ({ role, parts }: BranchMessage) => ({ role, parts })

test('Claude: blocks, tools, artifacts and attachments', async () => {
  const at = '2026-03-01T10:00:00.123456Z'
  const message = (uuid: string, sender: string, more: object) => ({
    uuid,
    sender,
    created_at: at,
    ...more,
  })
  const conversation = {
    uuid: 'c1',
    name: 'A poem',
    created_at: at,
    updated_at: '2026-03-02T10:00:00Z',
    account: { uuid: 'someone' },
    chat_messages: [
      message('m1', 'human', {
        text: 'Write',
        content: [],
        attachments: [{ file_name: 'notes.txt', extracted_content: 'rain' }],
        files: [{ file_name: 'photo.jpg' }],
      }),
      message('m2', 'assistant', {
        text: '',
        content: [
          { type: 'thinking', thinking: 'Rhymes.' },
          { type: 'tool_use', id: 't1', name: 'web_search', input: { query: 'rain' } },
          { type: 'tool_result', tool_use_id: 't1', content: [{ type: 'text', text: 'Wet.' }] },
          {
            type: 'tool_use',
            name: 'artifacts',
            input: { title: 'Poem', content: 'Drop', language: 'text' },
          },
          { type: 'text', text: 'Here it is.' },
          { type: 'token_budget' },
        ],
      }),
    ],
  }
  const zip = await makeZip({
    'conversations.json': JSON.stringify([conversation]),
    'users.json': '[{"uuid":"someone"}]',
    'projects.json': '[]',
  })
  const { job, conversation: found } = await imported(zip, 'data.zip')
  expect(job).toMatchObject({ source: 'claude', report: { conversations: 1, messages: 2 } })
  expect(job.report?.leftOut).toEqual([{ reason: 'files', count: 1 }])
  expect(found).toMatchObject({ title: 'A poem', updatedAt: '2026-03-02T10:00:00.000Z' })
  expect(found.messages.map(partsOf)).toMatchObject([
    {
      role: 'user',
      parts: [
        { text: 'Write' },
        { type: 'file', name: 'notes.txt', mediaType: 'text/plain', size: 4 },
        { kind: 'imported', text: 'The file photo.jpg was not imported.' },
      ],
    },
    {
      role: 'assistant',
      parts: [
        { type: 'reasoning', text: 'Rhymes.' },
        { name: 'web_search', output: 'Wet.' },
        { text: '**Poem**\n\n```text\nDrop\n```' },
        { text: 'Here it is.' },
      ],
    },
  ])
})

test('Open WebUI: branches, models and reasoning', async () => {
  const message = (id: string, parentId: string | null, role: string, content: string) => ({
    id,
    parentId,
    childrenIds: [],
    role,
    content,
    timestamp: 1_770_000_000,
    ...(role === 'assistant' && { model: 'llama3.3' }),
  })
  const messages = [
    message('1', null, 'user', 'Hello'),
    message('2', '1', 'assistant', 'Other'),
    message(
      '3',
      '1',
      'assistant',
      '<details type="reasoning" done="true"><summary>Thought</summary>\n> Hm.\n</details>\nHi!',
    ),
  ]
  const history = {
    messages: Object.fromEntries(messages.map((each) => [each.id, each])),
    currentId: '3',
  }
  const file = JSON.stringify([{ id: 'w1', title: 'Greeting', chat: { history } }])
  const { job, conversation } = await imported(file)
  expect(job.source).toBe('openwebui')
  expect(conversation.messages[1]).toMatchObject({
    model: 'llama3.3',
    parts: [
      { type: 'reasoning', text: 'Hm.' },
      { type: 'text', text: 'Hi!' },
    ],
  })
  expect(conversation.messages[1]?.siblingIds).toHaveLength(2)
})

test.for(['list', 'tree'])('LibreChat: a %s of messages', async (shape) => {
  const root = '00000000-0000-0000-0000-000000000000'
  const question = {
    messageId: 'q',
    parentMessageId: root,
    isCreatedByUser: true,
    text: 'Hello',
    createdAt: '2026-05-01T08:00:00.000Z',
  }
  const answer = {
    messageId: 'a',
    parentMessageId: 'q',
    isCreatedByUser: false,
    model: 'gpt-4o',
    content: [
      { type: 'think', think: 'Hm.' },
      { type: 'tool_call', tool_call: { id: 't', name: 'dice', args: '{"sides":6}', output: '4' } },
      { type: 'text', text: 'Four.' },
    ],
    createdAt: '2026-05-01T08:00:01.000Z',
  }
  const head = { conversationId: 'l1', title: 'Dice', exportAt: '2026-05-02T08:00:00.000Z' }
  const body =
    shape === 'list'
      ? { ...head, recursive: false, messages: [question, answer] }
      : { ...head, recursive: true, messagesTree: [{ ...question, children: [answer] }] }
  const { job, conversation } = await imported(JSON.stringify(body))
  expect(job.source).toBe('librechat')
  expect(conversation).toMatchObject({ title: 'Dice', createdAt: '2026-05-01T08:00:00.000Z' })
  expect(conversation.messages.map(partsOf)).toMatchObject([
    { role: 'user', parts: [{ text: 'Hello' }] },
    {
      role: 'assistant',
      parts: [
        { text: 'Hm.' },
        { name: 'dice', arguments: '{"sides":6}', output: '4' },
        { text: 'Four.' },
      ],
    },
  ])
})
