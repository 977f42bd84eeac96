// Which uses made a tool expensive: over real HTTP, with real runs and with many rows.
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { Problem } from '#shared/api.ts'
import { type UsageToolUse, UsageToolUses } from '#shared/usage.ts'
import { chats } from '../../e2e/scripts.ts'
import { purgeConversations } from '../conversations/change-store.ts'
import type { Database } from '../db/open.ts'
import { heldTally, type HeldTally, MODEL } from '../testing/budgets.ts'
import { says, startRuns } from '../testing/runs.ts'

const SUM = {
  call: { name: 'calculate', arguments: { expression: '12345 + 54321' }, id: 'call-1' },
}
const counted = (input: number, part: { text: string } | typeof SUM) => ({
  parts: [part],
  model: MODEL,
  usage: { prompt_tokens: input, completion_tokens: 10, total_tokens: input + 10 },
})

async function usesOf(tally: Pick<HeldTally, 'request'>, query: string): Promise<UsageToolUses> {
  const response = await tally.request(`/api/usage/tool-uses?${query}`)
  return UsageToolUses.parse(await response.json())
}

/** Two conversations that each used the calculator; the first one continued and carried its result again. */
async function twoUses() {
  const { tally } = await heldTally(
    chats(
      counted(1000, SUM),
      counted(1000, { text: '66666.' }),
      counted(1000, { text: 'Yes.' }),
      counted(1000, SUM),
      counted(1000, { text: '66666.' }),
    ),
    {},
  )
  const first = await tally.say('Add them')
  await tally.ended(first.id)
  await tally.ended((await tally.start(first.conversationId, { text: 'Sure?' })).id)
  const second = await tally.say('Add them again')
  await tally.ended(second.id)
  return { tally, first, second }
}

test('a tool lists its uses, newest or most expensive first, each with its conversation', async () => {
  const { tally, first, second } = await twoUses()
  const newest = await usesOf(tally, 'tool=calculate')
  expect(newest).toMatchObject({
    items: [
      { conversationId: second.conversationId, conversationTitle: 'Add them again', reads: 1 },
      { conversationId: first.conversationId, conversationTitle: 'Add them', reads: 2 },
    ],
    nextCursor: null,
    goneUses: 0,
  })
  const tokens = newest.items[0]?.resultTokens ?? 0
  expect(tokens).toBeGreaterThan(0)
  expect(newest.items.map((use) => use.costNanoUsd)).toEqual([tokens * 400, tokens * 800])

  const dearest = await usesOf(tally, 'tool=calculate&order=dearest')
  expect(dearest.items).toEqual(newest.items.toReversed())
})

test('a deleted conversation is marked, and the uses of a purged one are counted', async () => {
  const { tally, first } = await twoUses()
  await tally.send('DELETE', `/api/conversations/${first.conversationId}`)
  const deleted = await usesOf(tally, 'tool=calculate')
  expect(deleted.items.map((use) => use.conversationTitle)).toEqual(['Add them again', null])
  expect(deleted.goneUses).toBe(0)

  await purgeConversations(tally.parts.db, () => true)
  const gone = await usesOf(tally, 'tool=calculate')
  expect(gone.items.map((use) => use.conversationTitle)).toEqual(['Add them again'])
  expect(gone.goneUses).toBe(1)
  expect(await usesOf(tally, 'tool=calculate&to=2020-01-01')).toMatchObject({ goneUses: 0 })
})

test('pages hold each use once, in either order, even if many are equal', async () => {
  const { tally } = await twoUses()
  await addUses(tally.parts.db, 60)
  for (const order of ['newest', 'dearest'] as const) {
    const found: UsageToolUse[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const more = cursor === '' ? '' : `&cursor=${cursor}`
      const query = `tool=search&order=${order}&from=2026-01-02&to=2026-01-04&limit=7${more}`
      const page = await usesOf(tally, query)
      found.push(...page.items)
      cursor = page.nextCursor
    }
    expect(new Set(found.map((use) => use.callId)).size).toBe(found.length)
    expect(found).toHaveLength(30)
    const keys = found.map((use) => (order === 'newest' ? use.at : String(use.costNanoUsd)))
    expect(keys).toEqual(keys.toSorted().toReversed())
    expect(new Set(found.map((use) => use.at.slice(0, 10)))).toEqual(
      new Set(['2026-01-02', '2026-01-03', '2026-01-04']),
    )
  }
})

test('an unused tool has no uses, and an invalid query is refused', async () => {
  const tally = await startRuns(says('Hello'))
  expect(await usesOf(tally, 'tool=nobody')).toEqual({ items: [], nextCursor: null, goneUses: 0 })
  const cursor = Buffer.from('at 2026-01-02T00:00:00.000Z 3').toString('base64url')
  const refusals = [
    ['', 'bad_request', /tool: give the name/],
    ['tool=a&order=oldest', 'bad_request', /order/],
    ['tool=a&limit=0', 'bad_request', /limit: give a number from 1 to 100/],
    ['tool=a&from=yesterday', 'bad_request', /from: give a day/],
    ['tool=a&from=2026-01-02&to=2025-12-31', 'bad_request', /from: lies after to/],
    ['tool=a&cursor=nowhere', 'invalid_cursor', /./],
    [`tool=a&order=dearest&cursor=${cursor}`, 'invalid_cursor', /./],
  ] as const
  for (const [query, code, detail] of refusals) {
    const response = await tally.request(`/api/usage/tool-uses?${query}`)
    expect(response.headers.get('content-type'), query).toContain('application/problem+json')
    const problem = Problem.parse(await response.json())
    expect(problem, query).toMatchObject({ status: 400, code })
    expect(problem.detail ?? problem.title, query).toMatch(detail)
  }
})

test('only one page of uses is read, the rest comes from the index', async () => {
  const reads: { text: string; rows: number }[] = []
  const tally = await startRuns(says('Hello'), {
    onQuery: (text, rows) => void (text.includes('tool_uses') && reads.push({ text, rows })),
  })
  await tally.ended((await tally.say('Hi')).id)
  await addUses(tally.parts.db, 3000)
  for (const order of ['newest', 'dearest']) {
    reads.length = 0
    await usesOf(tally, `tool=search&order=${order}&limit=20`)
    expect(reads.map(({ rows }) => rows)).toEqual([21, 1])
    for (const { text } of reads.splice(0)) {
      const plan = await planOf(tally.parts.db, text)
      expect(plan).toMatch(/SEARCH tool_uses USING COVERING INDEX tool_uses_tool/)
      expect(plan).not.toMatch(/SCAN tool_/)
    }
  }
})

/** Adds uses of a tool `search`: ten per day from 2026 on, five per amount, in the newest message. */
async function addUses(db: Database, count: number): Promise<void> {
  await db.transaction((trx) =>
    sql`
      with recursive numbers (n) as (
        select 0 union all select n + 1 from numbers where n + 1 < ${count}
      )
      insert into tool_uses (conversation_id, run_id, message_id, call_id, name, status, at, tokens,
        reads, cost_nano_usd)
      select conversation_id, run_id, id, 'call-' || n, 'search', 'ok',
        strftime('%Y-%m-%dT%H:%M:%S.000Z', '2026-01-01', '+' || (n / 10) || ' days'), 10,
        1, 1000 + (n * 7) % 100 / 5
      from numbers, (select * from messages where role = 'assistant' order by number desc limit 1)`.execute(
      trx,
    ),
  )
}

async function planOf(db: Database, text: string): Promise<string> {
  const [first = '', ...parts] = text.split('?')
  const query = parts.reduce((query, part) => sql`${query}${null}${sql.raw(part)}`, sql.raw(first))
  const { rows } = await sql<{ detail: string }>`explain query plan ${query}`.execute(db.kysely)
  return rows.map(({ detail }) => detail).join('\n')
}
