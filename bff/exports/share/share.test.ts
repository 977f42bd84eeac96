// A conversation as a page to share, over real HTTP and real SQLite.
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import type { MessagePart } from '#shared/message.ts'
import type { Totals } from '#shared/totals.ts'
import { ShareContents } from '#shared/share.ts'
import { FileInfo } from '#shared/files.ts'
import { png } from '../../testing/images.ts'
import { says, startRuns, type StartedRuns } from '../../testing/runs.ts'
import { turnsDuring } from '../../testing/turns-during.ts'
import { receiptHtml } from './share-receipt.ts'

const AT = '2026-11-01T12:00:00.000Z'

const TOTALS: Totals = {
  calls: 1,
  inputTokens: 1200,
  cachedInputTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 34,
  reasoningTokens: 0,
  costNanoUsd: 10_517_000,
  certainty: 'estimated',
  unpricedCalls: 0,
}

async function emptyConversation(title: string) {
  const tally = await startRuns(says('Hi'))
  const { id } = await tally.create({ title })
  /** Stores a question and an answer of these parts. */
  const fill = (question: MessagePart[], answer: MessagePart[]) => {
    const other = new BetterSqlite3(join(tally.parts.folder, 'tally.db'))
    onTestFinished(() => void other.close())
    const insert = other.prepare(`insert into messages
      (id, conversation_id, parent_id, role, status, parts, created_at, agent, model, totals)
      values (?, ?, ?, ?, 'completed', ?, ?, ?, ?, ?)`)
    insert.run('m1', id, null, 'user', JSON.stringify(question), AT, null, null, null)
    const of = ['assistant', 'gpt-<b>', JSON.stringify(TOTALS)]
    insert.run('m2', id, 'm1', 'assistant', JSON.stringify(answer), AT, ...of)
    other.prepare('update conversations set selected_message_id = ? where id = ?').run('m2', id)
  }
  return { tally, id, fill }
}

async function conversationWith(question: MessagePart[], answer: MessagePart[], title = 'Talk') {
  const { tally, id, fill } = await emptyConversation(title)
  fill(question, answer)
  return { tally, id }
}

async function sharedPage(tally: StartedRuns, id: string, choices = '') {
  const response = await tally.request(`/api/conversations/${id}/export?format=html${choices}`)
  expect(response.status).toBe(200)
  const html = await response.text()
  const body = html.slice(html.indexOf('<body>'))
  return { response, html, body, tags: body.match(/<[a-z][^>]*>/gi) ?? [] }
}

const text = (of: string): MessagePart => ({ type: 'text', text: of })
const call = (output: string, parts?: MessagePart[]): MessagePart => ({
  type: 'tool_call',
  callId: 'c1',
  name: 'measure\u202e',
  agent: 'assistant',
  status: 'done',
  arguments: '{"city":"</script><script>alert(1)</script>"}',
  output,
  startedAt: AT,
  durationMs: 5,
  label: 'Measured <i>Oslo</i>',
  ...(parts && { parts }),
})
const notice = (kind: 'handoff' | 'steer', sentence: string): MessagePart => ({
  type: 'notice',
  at: AT,
  kind,
  text: sentence,
})

test('nothing hostile becomes an element, a script, or an address', async () => {
  const { tally, id } = await conversationWith(
    [text('<script>alert(1)</script>')],
    [
      text(
        '<img src=x onerror=alert(1)> [a](javascript:alert(1)) [b](https://example.org/?a=1&b=2)\n\n' +
          '![picture](https://example.org/x.png) [![in](https://e.org/y.png)](mailto:a@example.org)\n\n' +
          '[c](data:text/html,x) <javascript:alert(1)> https://example.org/plain\n\n' +
          '```\n</code></pre><script>alert(2)</script>\n```\n\n# Heading\n\n| a | b |\n|---|---|\n| 1 | 2 |',
      ),
      call('</pre></details><script>alert(3)</script>', [text('<svg onload=alert(4)>')]),
      { type: 'output', schema: 'city', value: { '<b>name</b>': '<script>', parts: [1] } },
      notice('handoff', 'refunds <b>took</b>\u202e over'),
    ],
    '</title><script>alert(0)</script>\u202eexe',
  )
  const { html, body, tags, response } = await sharedPage(tally, id, '&receipt=true')
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; .*\.html/)
  expect(html).toContain(
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`,
  )
  const names = new Set(tags.map((tag) => /^<(\w+)/.exec(tag)?.[1]))
  for (const bad of ['script', 'img', 'svg', 'i', 'link', 'iframe', 'form', 'base', 'title']) {
    expect(names).not.toContain(bad)
  }
  expect(tags.filter((tag) => /\son\w+=|\ssrc=/.test(tag))).toEqual([])
  expect([...body.matchAll(/<a href="(.*?)".*?>(.*?)<\/a>/g)].map(([, ...of]) => of)).toEqual([
    ['https://example.org/?a=1&amp;b=2', 'b'],
    ['https://example.org/x.png', 'Image: picture'],
    ['mailto:a@example.org', 'Image: in'],
    ['https://example.org/plain', 'https://example.org/plain'],
  ])
  const title = '&lt;/title&gt;&lt;script&gt;alert(0)&lt;/script&gt;⟨U+202E⟩exe'
  expect(html).toContain(`<title>${title}</title>`)
  expect(html).not.toMatch(/<script|\u202e/)
  for (const shown of [
    `<h1 dir="auto">${title}</h1>`,
    '<p class="plain">&lt;script&gt;alert(1)&lt;/script&gt;</p>',
    'Tool: <b>measure⟨U+202E⟩</b> · Measured &lt;i&gt;Oslo&lt;/i&gt; <span>done</span>',
    '&lt;/pre&gt;&lt;/details&gt;&lt;script&gt;alert(3)',
    'refunds &lt;b&gt;took&lt;/b&gt;⟨U+202E⟩ over',
    '<h3>Heading</h3>',
    '<th scope="row">&lt;b&gt;name&lt;/b&gt;</th>',
    '<h2>Assistant <span>assistant · gpt-&lt;b&gt;</span></h2>',
  ]) {
    expect(body).toContain(shown)
  }
})

test('tools, receipt, reasoning and files are there only if they are chosen', async () => {
  const { tally, id, fill } = await emptyConversation('Talk')
  const upload = await tally.request('/api/files', {
    method: 'POST',
    headers: { 'x-file-name': 'cat.png' },
    body: png(2, 2),
  })
  const { id: fileId, size } = FileInfo.parse(await upload.json())
  const file = { type: 'file', name: 'cat.png', mediaType: 'image/png', size } as const
  fill(
    [{ ...file, fileId }, { ...file, name: 'lost.png', fileId: 'lost' }, text('Hello')],
    [
      { type: 'reasoning', text: 'Secret thoughts.', startedAt: AT, endedAt: AT },
      call('twenty degrees'),
      { ...notice('steer', 'Be brief.') },
      {
        type: 'notice',
        at: AT,
        kind: 'guardrail',
        name: 'g',
        stage: 'output',
        text: 'Blocked by g',
      },
    ],
  )
  const plain = (await sharedPage(tally, id, '&tools=false')).body
  expect(plain).not.toMatch(/Secret|degrees|\$|Receipt|<img|details/)
  expect(plain).toContain(`File: cat.png, ${size} B, not included`)
  expect(plain).toContain('You said: Be brief.')
  expect(plain).toContain('Blocked by g')
  expect(plain).toContain('withheld by a guardrail and is not included')
  const whole = '&tools=true&receipt=true&reasoning=true&files=true'
  const { body } = await sharedPage(tally, id, whole)
  expect(body).toContain('Secret thoughts.')
  expect(body).toContain('twenty degrees')
  expect(body).toContain('<p class="cost">≈$0.010517, estimated</p>')
  expect(body).toMatch(/<tfoot>\s*<tr>.*<td>1,200<\/td><td>34<\/td><td>≈\$0\.010517<\/td>/)
  expect(body).toMatch(/<img alt="cat.png" src="data:image\/png;base64,iVBOR[\w+/=]+">/)
  expect(body).toContain(`File: lost.png, ${size} B, not included`)
})

test('the demo costs nothing, and says demo', async () => {
  const tally = await startRuns(says('Hi'))
  const { id } = await tally.create()
  expect((await sharedPage(tally, id, '&receipt=true')).body).not.toContain('Receipt')
  const totals = { ...TOTALS, demo: true } as const
  const receipt = receiptHtml([{ agent: 'a', model: 'demo', totals }])
  expect(receipt.match(/<td>demo<\/td>/g)).toHaveLength(2)
  expect(receipt).not.toContain('$')
})

test('other requests run while a long conversation is rendered', async () => {
  const megabyte = (part: string) => part.repeat(Math.ceil(1_000_000 / part.length))
  const { tally, id } = await conversationWith(
    [text(megabyte('Hello '))],
    [text(megabyte('**Bold** words.\n\n')), call(megabyte('out '))],
  )
  let size = 0
  const turns = await turnsDuring(async () => {
    size = (await sharedPage(tally, id)).html.length
  })
  expect(size).toBeGreaterThan(3_000_000)
  expect(turns).toBeGreaterThan(30)
})

test('the contents are counted over the branch, and what is not there is 404', async () => {
  const { tally, id } = await conversationWith(
    [
      text('Hello'),
      { type: 'file', fileId: 'f', name: 'a.pdf', mediaType: 'application/pdf', size: 5 },
    ],
    [{ type: 'reasoning', text: 'Hm.', startedAt: AT, endedAt: AT }, call('20°', [call('nested')])],
  )
  const path = (of: string) => `/api/conversations/${of}/export/contents`
  const contents = ShareContents.parse(await (await tally.request(path(id))).json())
  expect(contents).toEqual({
    messages: 2,
    toolCalls: 2,
    reasoning: 1,
    images: 0,
    imageBytes: 0,
    otherFiles: 1,
    withheld: 0,
    models: ['gpt-<b>'],
  })
  expect((await tally.request(path('nothing'))).status).toBe(404)
  const wrong = await tally.request(`/api/conversations/${id}/export?format=html&tools=maybe`)
  expect(wrong.status).toBe(400)
})
