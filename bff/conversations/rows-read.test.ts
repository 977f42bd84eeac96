// The number of rows a request reads does not grow with what is stored. Counted by the database driver
// and checked with SQLite's query plans: no request may scan a table.
import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { ConversationPage } from '#shared/api.ts'
import { Folder } from '#shared/folders.ts'
import { says, type StartedRuns, startRuns } from '../testing/runs.ts'

interface Read {
  sql: string
  rows: number
}

/** Transactions, and background work: indexing and naming. */
const NO_REQUEST = /^(begin|commit|rollback)|search_|message_search|title_source/

async function startCounting() {
  const reads: Read[] = []
  const tally = await startRuns(says('Answer'), {
    onQuery: (text, rows) => {
      if (!NO_REQUEST.test(text)) reads.push({ sql: text, rows })
    },
  })
  const during = async (work: () => Promise<unknown>): Promise<Read[]> => {
    reads.length = 0
    await work()
    return [...reads]
  }
  return { tally, during }
}

const total = (reads: Read[]) => reads.reduce((sum, { rows }) => sum + rows, 0)

async function fill(tally: StartedRuns, conversations: number, messages: number): Promise<string> {
  let id = ''
  for (let n = 0; n < conversations; n += 1) ({ id } = await tally.create())
  for (let n = 0; n < messages; n += 1) {
    await tally.ended((await tally.start(id, { text: `Question ${n}` })).id)
  }
  return id
}

test('the list reads a page of rows in one query, however many conversations there are', async () => {
  const { tally, during } = await startCounting()
  await fill(tally, 120, 1)
  const reads = await during(() => tally.request(`/api/conversations?limit=30`))
  expect(reads.map(({ rows }) => rows)).toEqual([31])
})

test('a conversation reads one page of messages, however long it is', async () => {
  const { tally, during } = await startCounting()
  const id = await fill(tally, 1, 60)
  const newest = await during(() => tally.conversation(id))
  expect(newest.map(({ rows }) => rows)).toEqual([1, 50])
  const { previousCursor } = await tally.conversation(id)
  const older = await during(() => tally.conversation(id, `?before=${previousCursor}`))
  expect(older.map(({ rows }) => rows)).toEqual([1, 1, 50])
})

test('following a finished run sizes and reads its events, and little else', async () => {
  const { tally, during } = await startCounting()
  await fill(tally, 1, 20)
  const run = await tally.say('Hi')
  const events = await tally.ended(run.id)
  const reads = await during(() => tally.ended(run.id))
  // Each event is sized before it is read, so that a read has a bounded size.
  expect(total(reads)).toBeLessThanOrEqual(2 * events.length + 2)
})

test('no request scans a table', async () => {
  const { tally, during } = await startCounting()
  const id = await fill(tally, 40, 30)
  const first = (await tally.conversation(id)).messages[0]?.id
  const reads = await during(async () => {
    await tally.request('/api/conversations')
    const page = await tally.request(`/api/conversations?limit=5`)
    const { nextCursor } = ConversationPage.parse(await page.json())
    await tally.request(`/api/conversations?cursor=${nextCursor}`)
    const folder = await tally.send('POST', '/api/folders', { name: 'Work', budgetTokens: 9 })
    const { id: folderId } = Folder.parse(await folder.json())
    await tally.send('PATCH', `/api/conversations/${id}`, { folderId, pinned: true })
    const change = { ids: [id], change: { archived: true } }
    await tally.send('POST', '/api/conversations/bulk', change)
    await tally.request('/api/folders')
    for (const query of ['folder=none', `folder=${folderId}`, 'archived=true', 'order=newest']) {
      await tally.request(`/api/conversations?${query}`)
    }
    await tally.conversation(id)
    await tally.conversation(id, `?before=${first}`)
    await tally.request(`/api/conversations/${id}/context`)
    for (const format of ['markdown', 'jsonl', 'chatgpt']) {
      const file = await tally.request(`/api/conversations/${id}/export?format=${format}`)
      await file.text()
    }
    await tally.request(`/api/usage/tool-uses?tool=search&order=dearest`)
    await tally.send('PATCH', `/api/conversations/${id}`, { selectedMessageId: first })
    const headers = { 'Idempotency-Key': 'once' }
    await tally.send('POST', '/api/conversations', {}, headers)
    await tally.send('POST', `/api/conversations/${id}/runs`, { text: 'Hi' }, headers)
    const { activeRunId } = await tally.conversation(id)
    await tally.send('POST', `/api/runs/${activeRunId ?? ''}/stop`)
    await tally.ended(activeRunId ?? '')
    await tally.send('DELETE', `/api/conversations/${id}`)
  })
  const scans: string[] = []
  for (const text of new Set(reads.map((read) => read.sql))) {
    for (const step of await planOf(tally, text)) {
      if (/^SCAN (?!CONSTANT|json_each|branch|below|\(subquery|t$)/.test(step)) {
        scans.push(`${step}: ${text}`)
      }
    }
  }
  expect(reads.length).toBeGreaterThan(20)
  expect(scans).toEqual([])
})

test('the search goes through what waits for it, and not through all messages', async () => {
  const queries = new Set<string>()
  const tally = await startRuns(says('Answer'), {
    onQuery: (text) => void (/from search_queue q/.test(text) && queries.add(text)),
  })
  await tally.ended((await tally.say('Hi')).id)
  await vi.waitUntil(() => queries.size > 0)
  const recorded = new Set(queries)
  for (const text of recorded) {
    const plan = await planOf(tally, text)
    expect(plan.filter((step) => step.startsWith('SCAN'))).toEqual(['SCAN q'])
  }
})

test('what a folder has spent is one range of an index', async () => {
  const { tally, during } = await startCounting()
  const made = await tally.send('POST', '/api/folders', { name: 'Work', budgetTokens: 1_000_000 })
  const { id: folderId } = Folder.parse(await made.json())
  const { id } = await tally.create({ folderId })
  const reads = await during(async () => {
    await tally.request('/api/folders')
    await tally.ended((await tally.start(id, { text: 'Hi' })).id)
  })
  const sums = new Set(
    reads
      .map((read) => read.sql)
      .filter((text) => /conversation_totals where folder_id/.test(text)),
  )
  expect(sums.size).toBeGreaterThan(0)
  for (const text of sums) {
    expect(await planOf(tally, text)).toEqual([
      'SEARCH conversation_totals USING COVERING INDEX conversation_totals_folder (folder_id=? AND demo=?)',
    ])
  }
})

async function planOf(tally: StartedRuns, text: string): Promise<string[]> {
  const parameters = text.split('?').length - 1
  const parts = text.split('?')
  let query = sql.raw(parts[0] ?? '')
  for (let n = 1; n <= parameters; n += 1) query = sql`${query}${null}${sql.raw(parts[n] ?? '')}`
  const { rows } = await sql<{ detail: string }>`explain query plan ${query}`.execute(
    tally.parts.db.kysely,
  )
  return rows.map(({ detail }) => detail)
}
