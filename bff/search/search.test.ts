import { expect, test } from 'vitest'
import { SearchPage } from '#shared/search.ts'
import { says, type StartedRuns, startRuns } from '../testing/runs.ts'
import { indexAll } from '../testing/search.ts'
import { uploadFile } from '../testing/uploads.ts'

async function talkAbout(tally: StartedRuns, ...texts: string[]): Promise<string[]> {
  const ids: string[] = []
  for (const text of texts) {
    const run = await tally.say(text)
    await tally.ended(run.id)
    ids.push(run.conversationId)
  }
  return ids
}

/** What the route answers. */
async function find(tally: StartedRuns, q: string, more: Record<string, string> = {}) {
  await indexAll(tally.parts.db)
  const response = await tally.send(
    'GET',
    `/api/search?${new URLSearchParams({ q, ...more }).toString()}`,
  )
  return { status: response.status, body: await response.json() }
}

async function hits(tally: StartedRuns, q: string, more?: Record<string, string>) {
  const { status, body } = await find(tally, q, more)
  expect(status, JSON.stringify(body)).toBe(200)
  return SearchPage.parse(body).items
}

const marked = (text: string, marks: [number, number][]) => marks.map((mark) => text.slice(...mark))

test('messages are found by all of their words, newest first', async () => {
  const tally = await startRuns(says('Bergen is rainy.'))
  const [oslo, both] = await talkAbout(tally, 'The weather in Oslo', 'Oslo or Bergen?')
  const found = await hits(tally, 'oslo')
  expect(found.map(({ conversationId, role }) => [conversationId, role])).toEqual([
    [both, 'user'],
    [oslo, 'user'],
  ])
  expect(found[0]).toMatchObject({
    title: 'Oslo or Bergen?',
    titleMarks: [[0, 4]],
    snippet: 'Oslo or Bergen?',
    snippetMarks: [[0, 4]],
  })
  expect(await hits(tally, 'oslo bergen')).toHaveLength(1)
  expect(await hits(tally, 'rainy')).toHaveLength(2)
  expect(await hits(tally, 'bergen', { limit: '2' })).toHaveLength(2)
  expect(await hits(tally, 'snow')).toEqual([])
  expect(await hits(tally, '')).toEqual([])
})

const FOUND: [query: string, messages: number][] = [
  ['we', 1],
  ['w', 0],
  ['WEATHER', 1],
  ['weatherman', 0],
  ['zur', 1],
  ['Zurich', 1],
  ['lighthouses', 1],
  ['lighthouse', 1],
  ['"lighthouse"', 0],
  ['"weather in zürich"', 1],
  ['"weather zürich"', 0],
  ['"in Zürich, lighthouses"', 1],
  ['"weather in', 1],
  ['東京', 1],
  ['京都', 1],
  ['都', 1],
  ['東都', 0],
  ['東京都の天気', 1],
  ['東京の天気', 0],
  ['ｶﾞｲﾄﾞ', 1],
  ['날씨', 1],
  ['gpt東京', 1],
  ['snake_case', 1],
]

test('words, beginnings, phrases and texts without spaces find their messages', async () => {
  const tally = await startRuns(says('Yes'))
  await talkAbout(
    tally,
    'The weather in Zürich: lighthouses, snake_case, GPT東京都の天気、ガイド 오늘날씨는',
    'Something else in Tokyo',
  )
  const found: typeof FOUND = []
  for (const [query] of FOUND) found.push([query, (await hits(tally, query)).length])
  expect(found).toEqual(FOUND)
})

test('a snippet shows the matches of a long text, and says where it is cut', async () => {
  const tally = await startRuns(says('Yes'))
  const filler = 'lorem ipsum dolor '.repeat(200)
  await talkAbout(
    tally,
    `${filler} An **einstein** once ${filler} 1905, Einstein wrote papers ${filler}`,
  )
  const [hit] = await hits(tally, 'einst papers')
  expect(hit?.snippet).toMatch(/^….*1905, Einstein wrote papers.*…$/)
  expect(hit?.snippet.length).toBeLessThan(200)
  expect(marked(hit?.snippet ?? '', hit?.snippetMarks ?? [])).toEqual(['Einstein', 'papers'])
})

test('a query is words and no syntax', async () => {
  const tally = await startRuns(says('Hello'))
  await talkAbout(tally, 'nothing like it')
  const signs = ['"', 'a" OR "b', 'text:secret', 'NEAR(a b)', '* ^ -', '\0', '💥', '"a" *', '"" ""']
  for (const query of [...signs, "'; drop table messages"]) {
    expect(await hits(tally, query), query).toEqual([])
  }
})

test('pages follow each other by the cursor', async () => {
  const tally = await startRuns(says('oslo'))
  for (let n = 0; n < 5; n += 1) await talkAbout(tally, `oslo ${n}`)
  const all = await hits(tally, 'oslo')
  const paged: string[] = []
  let cursor: string | null = null
  do {
    const { body } = await find(tally, 'oslo', { limit: '3', ...(cursor !== null && { cursor }) })
    const page = SearchPage.parse(body)
    paged.push(...page.items.map(({ messageId }) => messageId))
    cursor = page.nextCursor
  } while (cursor !== null)
  expect(paged).toEqual(all.map(({ messageId }) => messageId))
  expect(paged).toHaveLength(10)
  expect(await find(tally, 'oslo', { cursor: 'nonsense!' })).toMatchObject({ status: 400 })
})

test('titles are found, and found by their new name after a change', async () => {
  const tally = await startRuns(says('Hello'))
  const [id = ''] = await talkAbout(tally, 'First words')
  await tally.send('PATCH', `/api/conversations/${id}`, { title: 'Cheese from Gouda' })
  const [hit, ...others] = await hits(tally, 'gouda')
  expect(others).toEqual([])
  expect(hit).toMatchObject({ title: 'Cheese from Gouda', titleMarks: [[12, 17]], role: 'user' })
  expect(await hits(tally, 'gouda first')).toHaveLength(1)
})

test('archived conversations are found, and alone by their filter', async () => {
  const tally = await startRuns(says('Hello'))
  const [first = ''] = await talkAbout(tally, 'oslo one', 'oslo two')
  expect(await hits(tally, 'in:archive')).toEqual([])
  await tally.send('PATCH', `/api/conversations/${first}`, { archived: true })
  expect(await hits(tally, 'oslo')).toHaveLength(2)
  const found = await hits(tally, 'in:archive oslo')
  expect(found.map(({ snippet }) => snippet)).toEqual(['oslo one'])
  expect(await hits(tally, 'in:archive')).toHaveLength(2)
  await tally.send('PATCH', `/api/conversations/${first}`, { archived: false })
  expect(await hits(tally, 'in:archive')).toEqual([])
})

test('deleted conversations are not found, however many there are, and return after undo', async () => {
  const tally = await startRuns(says('oslo'))
  const [kept = ''] = await talkAbout(tally, 'oslo')
  const [deleted = ''] = await talkAbout(tally, 'oslo')
  for (let n = 0; n < 60; n += 1) {
    await tally.ended((await tally.start(deleted, { text: 'oslo' })).id)
  }
  await tally.send('DELETE', `/api/conversations/${deleted}`)
  const found = await hits(tally, 'oslo', { limit: '5' })
  expect(found.map(({ conversationId }) => conversationId)).toEqual([kept, kept])
  await tally.send('POST', `/api/conversations/${deleted}/restore`)
  expect((await hits(tally, 'oslo'))[0]?.conversationId).toBe(deleted)
})

test('messages waiting to be indexed when the process ends are indexed by the next one', async () => {
  const tally = await startRuns(says('Hello'))
  await talkAbout(tally, 'unforgettable')
  await tally.parts.end()
  const next = await startRuns(says('Hello'), { folder: tally.parts.folder })
  expect(await hits(next, 'unforgettable')).toHaveLength(1)
})

test.each([
  ['model:none', /no message has a model named “none”/],
  ['tool:none', /no message has a tool named “none”/],
  ['after:yesterday', /takes a date, as in after:2026-01-31/],
  ['before:2026-02-30', /takes a date/],
  ['cost:1', /cost:>1/],
  ['cost:>many', /cost:>1/],
  ['has:picture', /has: takes file/],
  ['in:box', /in: takes archive/],
  ['x'.repeat(1001), /at most 1000 characters/],
])('the filter %j is refused with a sentence', async (query, sentence) => {
  const tally = await startRuns(says('Hello'))
  const { status, body } = await find(tally, query)
  expect(status).toBe(400)
  expect(body).toMatchObject({ detail: expect.stringMatching(sentence) as string })
})

test('letters that stand for several, and a long text without spaces, are found', async () => {
  const tally = await startRuns(says('Fine.'))
  await talkAbout(tally, 'He said ﷺ and chose ⑴', `${'山'.repeat(100_000)}川`)
  expect(await hits(tally, 'ﷺ')).toHaveLength(1)
  expect(await hits(tally, '⑴ chose')).toHaveLength(1)
  expect(await hits(tally, '山山')).toHaveLength(1)
})

test('the snippet of an answer reads like the answer, and that of a question as it was typed', async () => {
  const answer = [
    '## The **Bergen** plan',
    '> - [x] See [the _harbour_](https://harbour.example/a) of `bergen_city`',
    '',
    '| Day | Rain |',
    '|---|---|',
    '| one | 2 * 3 = 6 mm, snake_case and \\*stars\\* |',
    '```ts',
    'f(**x, **y)',
    '```',
    '***',
    'ends.',
  ].join('\n')
  const tally = await startRuns(says(answer))
  await talkAbout(tally, '**Where** is it?')
  const [hit] = await hits(tally, 'bergen plan')
  expect(hit?.snippet.replaceAll(/ +/g, ' ')).toBe(
    'The Bergen plan See the harbour of bergen_city Day | Rain one | 2 * 3 = 6 mm, snake_case and *stars* f(**x, **y) ends.',
  )
  expect(marked(hit?.snippet ?? '', hit?.snippetMarks ?? [])).toEqual(['Bergen', 'plan', 'bergen'])
  // A match in the syntax is shown.
  const [address] = await hits(tally, 'harbour.example')
  expect(address?.snippet).toContain('](https://harbour.example/a)')
  expect(marked(address?.snippet ?? '', address?.snippetMarks ?? [])).toContain('example')
  const [question] = await hits(tally, 'where')
  expect(question?.snippet).toBe('**Where** is it?')
})

test('marks stay in place behind letters whose lower case is longer', async () => {
  const tally = await startRuns(says('**İİİİ** then İstanbul and *ﬁne* weather'))
  await talkAbout(tally, 'Hi')
  for (const [query, mark] of [
    ['istanbul', 'İstanbul'],
    ['weather', 'weather'],
    ['iiii', 'İİİİ'],
  ] as const) {
    const [hit] = await hits(tally, query)
    expect(marked(hit?.snippet ?? '', hit?.snippetMarks ?? [])).toEqual([mark])
  }
})

test('has:file finds a question with an attached file, and no other', async () => {
  const tally = await startRuns(says('A list'))
  await talkAbout(tally, 'What is a file?')
  const { id } = await uploadFile(tally, 'rain.csv', 'day,mm\n1,2\n')
  const { id: conversationId } = await tally.create()
  const run = await tally.start(conversationId, {
    text: 'What is in it?',
    files: [{ id, send: 'whole' }],
  })
  await tally.ended(run.id)
  const only = await tally.create()
  await tally.ended((await tally.start(only.id, { files: [{ id, send: 'whole' }] })).id)
  const found = await hits(tally, 'has:file')
  expect(found.map((hit) => [hit.conversationId, hit.role])).toEqual([
    [only.id, 'user'],
    [conversationId, 'user'],
  ])
  expect(await hits(tally, 'has:file what')).toMatchObject([{ messageId: run.userMessageId }])
})
