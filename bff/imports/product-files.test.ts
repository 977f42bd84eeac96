// Files and images of other products, over real HTTP and real SQLite.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type MessagePart } from '#shared/message.ts'
import { MAX_FILE_BYTES } from '#shared/files.ts'
import { filesOf } from '../files/file-store.ts'
import { jpeg, png, webp } from '../testing/images.ts'
import { chatgptConversation, chatgptNode as node, importAll } from '../testing/imports.ts'
import { pdf } from '../testing/pdf.ts'
import { says, startRuns, type StartedRuns } from '../testing/runs.ts'
import { makeZip } from '../testing/zip.ts'

const PHOTO = jpeg(40, 30)
const DRAWING = webp(64, 64)

const pointer = (address: string) => ({
  content_type: 'image_asset_pointer',
  asset_pointer: address,
})
const multimodal = (...parts: unknown[]) => ({ content_type: 'multimodal_text', parts })

const CHATGPT = [
  node('root', null, null),
  node(
    'u1',
    'root',
    'user',
    multimodal(pointer('file-service://file-Abc123Def'), 'What is this?'),
    {
      metadata: {
        attachments: [
          { id: 'file-Abc123Def', name: 'holiday.jpg' },
          { id: 'file-Report99', name: 'report.pdf' },
          { id: 'file-Gone0000', name: 'gone.docx' },
        ],
      },
    },
  ),
  node('a1', 'u1', 'assistant', 'A boat.'),
  node('t1', 'a1', 'tool', multimodal(pointer('sediment://file_00000000aa11'))),
  node('u2', 't1', 'user', multimodal(pointer('file-service://file-Missing1'), 'And this?')),
  node('u3', 'u2', 'user', multimodal(pointer('file-service://file-Bad00001'), 'Or this?'), {
    metadata: { attachments: [{ id: 'file-Large001', name: 'large.txt' }] },
  }),
]

const zip = () =>
  makeZip({
    'conversations-000.json': JSON.stringify([chatgptConversation('c1', 'Boats', CHATGPT)]),
    'file-Abc123Def-holiday.jpg': Buffer.from(PHOTO),
    'files/file-Report99-report.pdf': Buffer.from(pdf('The report')),
    'user-x/file_00000000aa11-drawing.webp': Buffer.from(DRAWING),
    // It claims to be a picture, and is a page.
    'file-Large001': 'a'.repeat(MAX_FILE_BYTES + 1),
    'file-Bad00001-evil.png': Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 255]),
  })

async function conversation(tally: StartedRuns, title: string) {
  const { items } = (await (await tally.request('/api/conversations')).json()) as {
    items: { id: string; title: string }[]
  }
  return tally.conversation(items.find((item) => item.title === title)?.id ?? '')
}

const named = (parts: readonly MessagePart[] = []) =>
  parts.map((part) => (part.type === 'file' ? part.name : 'text' in part ? part.text : part.type))

const sentOf = async (tally: StartedRuns, id: string) =>
  (await tally.request(`/api/conversations/${id}/export?format=jsonl`)).text()

test('images and files of a ChatGPT zip come over once, and the rest is named', async () => {
  const tally = await startRuns(says('Hi'))
  const job = await importAll(tally, await zip(), 'chatgpt.zip')
  expect(job).toMatchObject({
    preview: { files: 5, leftOut: [{ reason: 'files', count: 2 }] },
    report: {
      files: 3,
      leftOut: [
        { reason: 'damaged_files', count: 2 },
        { reason: 'files', count: 2 },
      ],
    },
  })
  const { id, messages } = await conversation(tally, 'Boats')
  expect(messages.map(({ parts }) => named(parts))).toEqual([
    ['holiday.jpg', 'What is this?', 'report.pdf', 'The file gone.docx was not imported.'],
    ['A boat.', expect.stringContaining('tool'), 'drawing.webp'],
    ['An image was not imported.', 'And this?'],
    ['The file evil.png was not imported.', 'Or this?', 'The file large.txt was not imported.'],
  ])
  expect(messages[0]?.parts[0]).toMatchObject({ mediaType: 'image/jpeg', width: 40, height: 30 })
  expect(messages[0]?.parts[2]).toMatchObject({ mediaType: 'application/pdf', pages: 1 })
  const [photo] = await filesOf(tally.parts.db, id)
  const served = await tally.request(
    `/api/files/${messages[0]?.parts[0]?.type === 'file' ? messages[0].parts[0].fileId : ''}`,
  )
  expect(await served.bytes()).toEqual(PHOTO)
  expect(photo?.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  // The model gets them with the next question.
  const sent = await sentOf(tally, id)
  expect(sent).toContain('"type":"input_image"')
  expect(sent).toContain('The report')

  const again = await importAll(tally, await zip(), 'chatgpt.zip')
  expect(again.report).toMatchObject({ conversations: 0, messages: 0, files: 0 })
  expect(
    readdirSync(join(tally.parts.folder, 'files')).filter((name) => !name.endsWith('.json')),
  ).toHaveLength(3)
  expect(tally.parts.errors).toEqual([])
})

test('Claude’s attachments are files with the text that it has read', async () => {
  const tally = await startRuns(says('Hi'))
  const attachment = (name: string, text: string) => ({ file_name: name, extracted_content: text })
  const message = {
    uuid: 'm1',
    sender: 'human',
    text: 'Sum up',
    created_at: '2026-01-02T03:04:05Z',
    attachments: [
      attachment('plan.pdf', 'The plan'),
      attachment('a.csv', 'a,b\n'),
      attachment('x.txt', ''),
    ],
    files: [{ file_name: 'photo.jpg' }],
  }
  const value = {
    uuid: 'c',
    name: 'Plan',
    created_at: message.created_at,
    chat_messages: [message],
  }
  const job = await importAll(tally, JSON.stringify([value]))
  expect(job.report).toMatchObject({ files: 2, leftOut: [{ reason: 'files', count: 1 }] })
  const { id, messages } = await conversation(tally, 'Plan')
  expect(named(messages[0]?.parts)).toEqual([
    'Sum up',
    'plan.pdf.txt',
    'a.csv',
    'The file photo.jpg was not imported.',
  ])
  expect(await sentOf(tally, id)).toContain('File: plan.pdf.txt\\n```\\nThe plan')
})

test('Open WebUI’s pictures and texts come over where the export has them', async () => {
  const tally = await startRuns(says('Hi'))
  const data = `data:image/png;base64,${Buffer.from(png(8, 8)).toString('base64')}`
  const files = [
    { type: 'image', url: data },
    { type: 'file', name: 'notes.docx', file: { data: { content: 'Notes' } } },
    { type: 'image', url: 'https://example.com/a.png' },
    { type: 'image', url: `data:image/svg+xml;base64,${Buffer.from('<svg/>').toString('base64')}` },
  ]
  const content = [
    { type: 'text', text: 'Look' },
    { type: 'image_url', image_url: { url: data } },
  ]
  const stored = { m1: { id: 'm1', role: 'user', content, files, timestamp: 1_764_000_000 } }
  const value = { id: 'w', title: 'Web', chat: { history: { messages: stored, currentId: 'm1' } } }
  const job = await importAll(tally, JSON.stringify([value]))
  expect(job.report).toMatchObject({ files: 3, leftOut: [{ reason: 'files', count: 1 }] })
  const { messages } = await conversation(tally, 'Web')
  expect(named(messages[0]?.parts)).toEqual([
    'Look',
    'image',
    'image',
    'notes.docx.txt',
    'The file image was not imported.',
    'image',
  ])
  // What is no picture by its content is a text, whatever it says of itself.
  const svg = messages[0]?.parts.at(-1)
  expect(svg).toMatchObject({ mediaType: 'text/plain' })
})
