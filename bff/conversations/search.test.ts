import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { SearchHit } from '#shared/api.ts'
import { says, type StartedRuns, startRuns } from '../testing/runs.ts'
import { temporaryDatabase } from '../testing/temporary-database.ts'
import type { Database } from '../db/open.ts'
import { indexNextMessages, searchMessages } from './search-store.ts'

async function talkAbout(tally: StartedRuns, ...texts: string[]): Promise<string[]> {
  const ids: string[] = []
  for (const text of texts) {
    const run = await tally.say(text)
    await tally.ended(run.id)
    ids.push(run.conversationId)
  }
  return ids
}

async function search(tally: StartedRuns, query: string, limit = 10): Promise<SearchHit[]> {
  while (await indexNextMessages(tally.parts.db));
  return searchMessages(tally.parts.db, query, limit)
}

test('messages are found by all of their words, newest first', async () => {
  const tally = await startRuns(says('Bergen is rainy.'))
  const [oslo, both] = await talkAbout(tally, 'The weather in Oslo', 'Oslo or Bergen?')
  const hits = await search(tally, 'oslo')
  expect(hits.map(({ conversationId, role }) => [conversationId, role])).toEqual([
    [both, 'user'],
    [oslo, 'user'],
  ])
  expect(hits[0]).toMatchObject({ title: 'Oslo or Bergen?', snippet: 'Oslo or Bergen?' })
  expect(await search(tally, 'oslo bergen')).toHaveLength(1)
  expect(await search(tally, 'rainy')).toHaveLength(2)
  expect(await search(tally, 'bergen', 2)).toHaveLength(2)
  expect(await search(tally, 'snow')).toEqual([])
})

test.each([
  '"',
  'a" OR "b',
  'text:secret',
  'NEAR(a b)',
  '* ^ -',
  "'; drop table messages",
  '\0',
  '💥',
])('the query %j is words and no syntax', async (query) => {
  const tally = await startRuns(says('Hello'))
  await talkAbout(tally, 'nothing like it')
  expect(await search(tally, query)).toEqual([])
})

test('the six longest words of a pasted sentence are searched for', async () => {
  const tally = await startRuns(says('Hello'))
  const words = Array.from({ length: 6 }, (_, n) => `seldom${n}`).join(' ')
  await talkAbout(tally, `${words} is it at sea`, 'seldom0 is it at sea')
  expect(await search(tally, `${words} is it on land`)).toHaveLength(1)
  expect(await search(tally, `${words} unheardof`)).toEqual([])
})

test('a repeated word counts once', async () => {
  const tally = await startRuns(says('Hello'))
  await talkAbout(tally, 'Over and over', 'Over')
  expect(await search(tally, `${'over OVER '.repeat(40)} and`)).toHaveLength(1)
})

test('deleted conversations are not found, however many there are, and return after undo', async () => {
  const tally = await startRuns(says('oslo'))
  const [kept = ''] = await talkAbout(tally, 'oslo')
  const [deleted = ''] = await talkAbout(tally, 'oslo')
  for (let n = 0; n < 60; n += 1) {
    await tally.ended((await tally.start(deleted, { text: 'oslo' })).id)
  }
  await tally.send('DELETE', `/api/conversations/${deleted}`)
  const hits = await search(tally, 'oslo')
  expect(hits.map(({ conversationId }) => conversationId)).toEqual([kept, kept])
  await tally.send('POST', `/api/conversations/${deleted}/restore`)
  expect((await search(tally, 'oslo'))[0]?.conversationId).toBe(deleted)
})

test('messages waiting to be indexed when the process ends are indexed by the next one', async () => {
  const tally = await startRuns(says('Hello'))
  await talkAbout(tally, 'unforgettable')
  await tally.parts.end()
  const next = await startRuns(says('Hello'), { folder: tally.parts.folder })
  expect(await search(next, 'unforgettable')).toHaveLength(1)
})

const MANY = 40_000

/** Creates one conversation of `MANY` messages, each with the text of its number. */
async function manyMessages(textOf: (number: number) => string): Promise<Database> {
  const db = await temporaryDatabase()
  await db.transaction(async (trx) => {
    await sql`insert into conversations (id, title, title_source, agent, created_at, updated_at)
      values ('c', 'Many', 'person', 'assistant', ${AT}, ${AT})`.execute(trx)
    for (let from = 1; from <= MANY; from += 1000) {
      const rows = JSON.stringify(
        Array.from({ length: 1000 }, (_, index) => [from + index, textOf(from + index)]),
      )
      await sql`insert into messages (number, id, conversation_id, role, status, parts, created_at)
        select value ->> 0, 'm' || (value ->> 0), 'c', 'user', 'completed', '[]', ${AT}
        from json_each(${rows})`.execute(trx)
      await sql`insert into message_search (rowid, text) select value ->> 0, value ->> 1
        from json_each(${rows})`.execute(trx)
    }
  })
  return db
}

const AT = '2026-01-01T00:00:00.000Z'

test('common words that are rarely together are found, one window of messages at a time', async () => {
  const db = await manyMessages((number) =>
    number === 5 ? 'even and odd' : number % 2 === 0 ? 'even' : 'odd',
  )
  let turns = 0
  let next = setImmediate(function turn() {
    turns++
    next = setImmediate(turn)
  })
  const hits = await searchMessages(db, 'even odd', 10)
  clearImmediate(next)
  expect(hits.map(({ messageId }) => messageId)).toEqual(['m5'])
  expect(turns).toBeGreaterThan(1)
  const newest = await searchMessages(db, 'even', 250)
  expect(newest.map(({ messageId }) => messageId)).toEqual(
    Array.from({ length: 250 }, (_, n) => `m${MANY - 2 * n}`),
  )
})

test('an aborted search ends between two windows', async () => {
  const db = await manyMessages((number) => (number % 2 === 0 ? 'even' : 'odd'))
  const stop = new AbortController()
  setImmediate(() => stop.abort())
  await expect(searchMessages(db, 'even odd', 10, stop.signal)).rejects.toThrow('aborted')
})
