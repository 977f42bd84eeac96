// Files of tools, through the whole server: what a provider really receives on both APIs, what stays in the
// conversation, and what is deleted with it.
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { Conversation } from '#shared/api.ts'
import { type Script, startFakeUpstream } from '../../e2e/fake-upstream.ts'
import { defineAgent } from '../runtime/define-agent.ts'
import { defineTool } from '../runtime/define-tool.ts'
import { withFiles } from '../runtime/output-with-files.ts'
import { png } from '../testing/images.ts'
import { pdf } from '../testing/pdf.ts'
import { startForTest } from '../testing/start-tally.ts'
import { listAt } from '../upstream/record.ts'
import type { ToolFile } from '../upstream/tool-files.ts'

type Api = 'responses' | 'chat_completions'

const CHART = png(40, 30)
const IMAGE = { name: '../chart.png', content: CHART, alt: 'A chart of 3 and 5.' }
const TABLE = { name: 'sums.csv', content: 'a,b\n1,2\n' }

const call = (id: string) => ({ call: { name: 'draw', arguments: {}, id } })

async function startWith(
  files: ToolFile[],
  {
    api = 'responses',
    model = 'fake',
    script,
  }: { api?: Api; model?: string; script?: Script } = {},
) {
  const draw = defineTool({
    name: 'draw',
    description: 'Draws.',
    parameters: z.object({}),
    execute: () => withFiles('Drawn.', ...files),
  })
  const agent = defineAgent({
    name: 'assistant',
    description: 'Draws.',
    instructions: 'Draw.',
    tools: [draw],
  })
  const upstream = await startFakeUpstream(
    script ?? [{ parts: [call('call_1')] }, { parts: [{ text: 'Here it is.' }] }],
  )
  onTestFinished(() => upstream.close())
  const env = { OPENAI_BASE_URL: upstream.baseUrl, OPENAI_MODEL: model, OPENAI_API: api }
  const tally = await startForTest(env, undefined, [agent])
  const read = async (id: string) =>
    Conversation.parse((await tally.send('GET', `/api/conversations/${id}`)).json)
  const say = async (id: string, text: string) => {
    const { status } = await tally.send('POST', `/api/conversations/${id}/runs`, { text })
    expect(status).toBe(202)
    await expect.poll(async () => (await read(id)).activeRunId, { timeout: 20_000 }).toBeNull()
    return read(id)
  }
  const create = async () =>
    Conversation.parse((await tally.send('POST', '/api/conversations', {})).json).id
  const requests = () =>
    upstream.calls
      .filter(({ body }) => body['stream'] === true)
      .map(({ body }) => listAt(body, api === 'responses' ? 'input' : 'messages'))
  return { ...tally, upstream, read, say, create, requests }
}

const URL_OF_CHART = `data:image/png;base64,${Buffer.from(CHART).toString('base64')}`
const NAMED = 'Image: chart.png, 40 × 30 pixels. A chart of 3 and 5.'
const TABLE_TEXT = 'File: sums.csv\n```\na,b\n1,2\n```'

test('on responses the result holds text, image and file, in every request after it', async () => {
  const { say, create, requests } = await startWith([IMAGE, TABLE])
  const id = await create()
  const { messages } = await say(id, 'Draw')
  expect(messages[1]?.parts[0]).toMatchObject({
    type: 'tool_call',
    status: 'done',
    output: 'Drawn.',
    files: [
      {
        type: 'file',
        name: 'chart.png',
        alt: 'A chart of 3 and 5.',
        mediaType: 'image/png',
        width: 40,
        height: 30,
        tokens: 255,
      },
      { type: 'file', name: 'sums.csv', mediaType: 'text/plain', size: 8 },
    ],
  })
  await say(id, 'Again?')
  for (const input of requests().slice(1)) {
    expect(
      input.find((entry) => z.object({ output: z.unknown() }).safeParse(entry).success),
    ).toEqual(
      expect.objectContaining({
        type: 'function_call_output',
        output: [
          { type: 'input_text', text: 'Drawn.' },
          { type: 'input_text', text: NAMED },
          { type: 'input_image', image_url: URL_OF_CHART },
          { type: 'input_text', text: TABLE_TEXT },
        ],
      }),
    )
  }
  expect(requests()).toHaveLength(3)
})

test('on chat completions the image follows the results of one turn in a message', async () => {
  const { say, create, requests } = await startWith([IMAGE, TABLE], {
    api: 'chat_completions',
    script: [{ parts: [call('call_1'), call('call_2')] }, { parts: [{ text: 'Here it is.' }] }],
  })
  const id = await create()
  await say(id, 'Draw')
  await say(id, 'Again?')
  const result = (toolCallId: string) => ({
    role: 'tool',
    tool_call_id: toolCallId,
    content: `Drawn.\n${NAMED}\n[It follows in the next message.]\n${TABLE_TEXT}`,
  })
  const image = [
    { type: 'text', text: `From the tool draw: ${NAMED}` },
    { type: 'image_url', image_url: expect.objectContaining({ url: URL_OF_CHART }) },
  ]
  for (const messages of requests().slice(1)) {
    const from = messages.findIndex(
      (message) => z.object({ role: z.literal('tool') }).safeParse(message).success,
    )
    expect(messages.slice(from, from + 3)).toEqual([
      result('call_1'),
      result('call_2'),
      { role: 'user', content: [...image, ...image] },
    ])
  }
})

test.each<Api>(['responses', 'chat_completions'])(
  'on %s a model that takes no images is told in words',
  async (api) => {
    const { say, create, requests } = await startWith([IMAGE], { api, model: 'gpt-3.5-turbo' })
    await say(await create(), 'Draw')
    const sent = JSON.stringify(requests()[1])
    expect(sent).toContain('A chart of 3 and 5.')
    expect(sent).toContain('you take no such files')
    expect(sent).not.toContain('base64')
  },
)

test.each([
  'fake is not a multimodal model',
  "Invalid type for 'input[2].output': expected a string, but got an array instead.",
])('a model that refuses with “%s” is asked again in words', async (message) => {
  const refuses: Script = ({ body }) => {
    const sent = JSON.stringify(body)
    if (sent.includes('base64')) return { status: 400, errorBody: { error: { message } } }
    return sent.includes('Drawn.') ? { parts: [{ text: 'Seen.' }] } : { parts: [call('call_1')] }
  }
  const { say, create, upstream } = await startWith([IMAGE], { script: refuses })
  const id = await create()
  const { messages } = await say(id, 'Draw')
  expect(messages[1]?.status).toBe('completed')
  expect(messages[1]?.parts.at(-1)).toMatchObject({ text: 'Seen.' })
  const before = upstream.calls.length
  await say(id, 'Again')
  const again = upstream.calls.slice(before).map(({ body }) => JSON.stringify(body))
  expect(again.filter((sent) => sent.includes('base64'))).toEqual([])
})

test('what cannot be kept or sent is named, and the rest is kept', async () => {
  const files: ToolFile[] = [
    { name: 'page.html', content: '<script>alert(1)</script>' },
    { name: 'archive.zip', content: Uint8Array.from([0x50, 0x4b, 3, 4, 0, 255, 254]) },
    { name: 'broken.png', content: CHART.subarray(0, 12) },
    { name: 'long.txt', content: 'x'.repeat(40_000) },
    { name: 'known.csv', content: 'secret figures', send: 'name' },
    ...Array.from({ length: 6 }, (_, index) => ({
      name: `${index}.txt`,
      content: `Text ${index}`,
    })),
  ]
  const { say, create, requests, address } = await startWith(files)
  const { messages } = await say(await create(), 'Draw')
  const [part] = messages[1]?.parts ?? []
  const kept = part?.type === 'tool_call' ? (part.files ?? []) : []
  expect(kept.map(({ name }) => name)).toEqual([
    'page.html',
    'long.txt',
    'known.csv',
    '0.txt',
    '1.txt',
    '2.txt',
  ])
  const sent = JSON.stringify(requests()[1])
  expect(sent).toContain('“archive.zip” was not kept. It is not a PNG')
  expect(sent).toContain('“broken.png” was not kept. The image is damaged.')
  expect(sent).toContain('[The rest was left out. The person has the whole file.]')
  expect(sent).toContain('3 more files were not kept: a call may return 8.')
  expect(sent).not.toContain('secret figures')
  const page = await fetch(`${address}/api/files/${kept[0]?.fileId}`)
  expect(page.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(page.headers.get('content-disposition')).toMatch(/^attachment/)
})

test.each<[Api, object]>([
  ['responses', { type: 'input_file', filename: 'report.pdf' }],
  ['chat_completions', { type: 'file', file: expect.objectContaining({ filename: 'report.pdf' }) }],
])('on %s a PDF goes as its text, or as it is', async (api, original) => {
  const bytes = pdf('First page')
  const files: ToolFile[] = [
    { name: 'text.pdf', content: bytes },
    { name: 'report.pdf', content: bytes, send: 'original' },
  ]
  const { say, create, requests } = await startWith(files, { api })
  const id = await create()
  await say(id, 'Draw')
  await say(id, 'Again')
  for (const request of requests().slice(1)) {
    const sent = JSON.stringify(request)
    expect(sent).toContain('[Page 1]\\nFirst page')
    expect(sent).toContain(Buffer.from(bytes).toString('base64'))
    const parts = request.flatMap((entry) => [
      ...listAt(entry, 'output'),
      ...listAt(entry, 'content'),
    ])
    expect(parts).toContainEqual(expect.objectContaining(original))
  }
})

test('a dropped result takes its files along, and it is counted with them before', async () => {
  const big = png(2048, 1024)
  const { say, create, requests, send } = await startWith([{ ...IMAGE, content: big }])
  const id = await create()
  const messageId = (await say(id, 'Draw')).messages[1]?.id
  const { json } = await send('GET', `/api/conversations/${id}/tool-uses?messageId=${messageId}`)
  const [use] = z.object({ items: z.array(z.object({ resultTokens: z.int() })) }).parse(json).items
  expect(use?.resultTokens).toBeGreaterThan(1000)
  const dropped = { messageId, callId: 'call_1', dropped: true }
  expect((await send('PATCH', `/api/conversations/${id}/context`, dropped)).status).toBe(200)
  await say(id, 'Again')
  expect(JSON.stringify(requests().at(-1))).not.toContain('base64')
})
