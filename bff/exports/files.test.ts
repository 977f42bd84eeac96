// The file of an export: its name, its refusals, and how it is streamed, over real HTTP and real SQLite.
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { findConversation } from '../conversations/conversation-store.ts'
import { turnsDuring } from '../testing/turns-during.ts'
import { hangsAfter, says, type StartedRuns, startRuns } from '../testing/runs.ts'
import { chatgptParts } from './chatgpt.ts'
import { jsonlParts } from './jsonl.ts'
import { markdownParts } from './markdown.ts'

const get = (tally: StartedRuns, id: string, format: string) =>
  tally.request(`/api/conversations/${id}/export?format=${format}`)

test.for([
  ['../../etc/passwd', 'etc passwd.md'],
  ['..', 'conversation.md'],
  ['con', '_con.md'],
  ['CON.txt', '_CON.txt.md'],
  ['a\r\nSet-Cookie: x="1"', 'a Set-Cookie x= 1.md'],
  ['x'.repeat(200), `${'x'.repeat(100)}.md`],
])('"%s" becomes the file name "%s"', async ([title, name]) => {
  const tally = await startRuns(says('Hi'))
  const { id } = await tally.create({ title })
  const response = await get(tally, id, 'markdown')
  expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${name}"`)
})

test('what is not there, or deleted, is 404; another format is 400', async () => {
  const tally = await startRuns(says('Hi'))
  const { id } = await tally.create()
  for (const wrong of ['pdf', '']) expect((await get(tally, id, wrong)).status).toBe(400)
  expect((await tally.request(`/api/conversations/${id}/export`)).status).toBe(400)
  await tally.send('DELETE', `/api/conversations/${id}`)
  for (const gone of [id, 'nothing']) {
    const response = await get(tally, gone, 'jsonl')
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ code: 'conversation_not_found' })
  }
})

test('an answer that is still being written is exported as far as it is', async () => {
  const tally = await startRuns(hangsAfter('The first half'))
  const run = await tally.say('Hello')
  for await (const { event } of tally.follow(run.id)) if (event.type === 'token') break
  const text = await (await get(tally, run.conversationId, 'markdown')).text()
  expect(text).toMatch(/The first half\n\n> This answer was still being written\./)
  const lines = await (await get(tally, run.conversationId, 'jsonl')).text()
  expect(lines).toMatch(/"type":"message".*The first half/)
  expect(lines).toMatch(/"type":"event".*The first half/)
  await tally.send('POST', `/api/runs/${run.id}/stop`)
})

test('a long conversation is streamed in short steps, and a reader may leave', async () => {
  const tally = await startRuns(says('Hi'))
  const { id } = await tally.create({ title: 'Long' })
  const other = new BetterSqlite3(join(tally.parts.folder, 'tally.db'))
  onTestFinished(() => void other.close())
  const insert = other.prepare(`insert into messages
    (id, conversation_id, parent_id, role, status, parts, created_at) values (?, ?, ?, ?, ?, ?, ?)`)
  const parts = JSON.stringify([{ type: 'text', text: 'word '.repeat(2_000) }])
  const name = (n: number) => `m${String(n).padStart(6, '0')}`
  other.transaction(() => {
    for (let n = 0; n < 1_000; n += 1) {
      const at = '2026-11-01T12:00:00.000Z'
      const role = n % 2 === 0 ? 'user' : 'assistant'
      insert.run(name(n), id, n === 0 ? null : name(n - 1), role, 'completed', parts, at)
    }
    other.prepare('update conversations set selected_message_id = ?').run(name(999))
  })()

  const left = await get(tally, id, 'jsonl')
  await left.body?.cancel()
  const { db, runs } = tally.parts
  const conversation = await findConversation(db, id)
  if (conversation === null) throw new Error('The conversation is missing.')
  const live = { folded: () => null, isCounting: () => false }
  const exported = { db, live, log: runs.parts.log, conversation }
  for (const partsOf of [markdownParts, jsonlParts, chatgptParts]) {
    let chars = 0
    let longest = 0
    const turns = await turnsDuring(async () => {
      for await (const part of partsOf(exported)) {
        chars += part.length
        longest = Math.max(longest, part.length)
      }
    })
    expect(chars).toBeGreaterThan(10_000_000)
    expect(longest).toBeLessThan(50_000)
    expect(turns).toBeGreaterThan(15)
  }
  expect(tally.parts.errors).toEqual([])
})
