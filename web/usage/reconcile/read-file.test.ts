import { expect, test } from 'vitest'
import { readFile } from './read-file.ts'

const file = (text: string, name = 'activity.csv') => new File([text], name)
const OPENROUTER =
  'generation_id,created_at,cost_total,byok_usage_inference,tokens_prompt,tokens_completion,model_permaslug,variant\n'

test('OpenRouter’s activity is added up per UTC day and model and rounded once', async () => {
  const read = await readFile(
    file(
      `${OPENROUTER}gen-1,2026-11-02 23:59:59.713,0.0000000004,0,10,1,openai/gpt-4o,standard
gen-2,2026-11-02 03:46:57.713,0.0000000004,,20,2,openai/gpt-4o,standard
gen-3,2026-11-03 00:00:00.000,1.5e-05,0.02,30,3,openai/gpt-4o,standard
gen-4,2026-11-03T23:30:00-05:00,0.25,0,,,"a ""quoted"", model
of two lines",standard
`,
    ),
  )
  expect(read).toMatchObject({
    source: 'openrouter',
    entries: 4,
    first: '2026-11-02',
    last: '2026-11-04',
  })
  expect(read.rows).toEqual([
    {
      day: '2026-11-02',
      model: 'openai/gpt-4o',
      costNanoUsd: 1,
      calls: 2,
      inputTokens: 30,
      outputTokens: 3,
    },
    {
      day: '2026-11-03',
      model: 'openai/gpt-4o',
      costNanoUsd: 20_015_000,
      calls: 1,
      inputTokens: 30,
      outputTokens: 3,
    },
    {
      day: '2026-11-04',
      model: 'a "quoted", model\nof two lines',
      costNanoUsd: 250_000_000,
      calls: 1,
      inputTokens: null,
      outputTokens: null,
    },
  ])
})

test('a long file is read in pieces, and its last lines are as good as its first', async () => {
  const cell = '"a ""model"" – 💶\nof two lines"'
  const row = (n: number) => `g-${n},2026-11-02,0.5,,1,1,${cell},standard\n`
  const text = OPENROUTER + Array.from({ length: 20_000 }, (_, n) => row(n)).join('')
  let turns = 0
  const clock = setInterval(() => {
    turns += 1
  })
  const read = await readFile(file(text))
  clearInterval(clock)
  expect(read.rows).toMatchObject([
    { model: 'a "model" – 💶\nof two lines', calls: 20_000, costNanoUsd: 10_000_000_000_000 },
  ])
  expect(turns).toBeGreaterThan(1)
  const broken = readFile(file(`${text}g,soon,1,,1,1,m,\n`))
  await expect(broken).rejects.toThrow('Line 40002, created_at: “soon” is not a time')
})

test('an entry for a whole day carries its number of calls', async () => {
  const read = await readFile(
    file(
      '\uFEFF"Date";"Model";"Usage";"Requests"\r\n2026-11-02;m;$0.5;17\r\n\r\n2026-11-02;m;0.5;3',
    ),
  )
  expect(read.rows).toMatchObject([{ model: 'm', costNanoUsd: 1_000_000_000, calls: 20 }])
})

test.each([
  [
    'a list of calls',
    '[{"startTime":"2026-11-02T08:00:00.000Z","model":"m","spend":0.1,"prompt_tokens":7}]',
  ],
  [
    'a response with a list of calls',
    '{"data":[{"startTime":"2026-11-02T08:00:00Z","model":"m","spend":0.1,"prompt_tokens":7}]}',
  ],
  [
    'a day for each model',
    '{"results":[{"date":"2026-11-02","breakdown":{"models":{"m":{"metrics":{"spend":0.1,"prompt_tokens":7,"api_requests":1}}}}}]}',
  ],
])('LiteLLM’s spend log is read as JSON: %s', async (_what, text) => {
  const read = await readFile(file(text, 'spend.json'))
  expect(read.source).toBe('litellm')
  expect(read.rows).toMatchObject([
    { day: '2026-11-02', model: 'm', costNanoUsd: 100_000_000, calls: 1, inputTokens: 7 },
  ])
})

test('LiteLLM’s daily sums are read with all digits', async () => {
  const text =
    '[{"startTime":"2026-11-02","spend":3,"models":{"a":0.00000000150000000000001,"b":2}}]'
  const { rows } = await readFile(file(text))
  expect(rows.map(({ model, costNanoUsd }) => [model, costNanoUsd])).toEqual([
    ['a', 2],
    ['b', 2_000_000_000],
  ])
})

test.each([
  ['is empty', '', 'This file is empty.'],
  ['has only a header', OPENROUTER, 'This file has no entries.'],
  [
    'is an unrelated table',
    'name,age\nA,1\n',
    /has the columns name, age\. Needed are a time \(created_at/,
  ],
  [
    'holds no amount',
    `${OPENROUTER}g,2026-11-02,free,,1,1,m,\n`,
    'Line 2, cost_total: “free” is not an amount in dollars.',
  ],
  [
    'holds a negative amount',
    `${OPENROUTER}g,2026-11-02,-1,,1,1,m,\n`,
    'Line 2, cost_total: “-1” is not an amount in dollars.',
  ],
  [
    'holds no time, after a cell of two lines',
    `${OPENROUTER}"g\n1",2026-11-02,1,,1,1,m,\ng,soon,1,,1,1,m,\n`,
    'Line 4, created_at: “soon” is not a time like 2026-11-02 08:30:00.',
  ],
  ['breaks off', `${OPENROUTER}g,"2026`, 'Line 2: a quotation mark is opened and never closed.'],
  ['is broken JSON', '[{', 'This file is not valid JSON.'],
  ['is JSON without a list', '{"a":1}', 'This JSON contains no list of calls or days.'],
  ['is a list of words', '["a"]', 'Entry 1 is not an object.'],
  ['is unrelated JSON', '[{"a":"b"}]', /has the columns a\. Needed are/],
])('a file that %s is refused with the reason', async (_what, text, sentence) => {
  await expect(readFile(file(text))).rejects.toThrow(sentence)
})

test('a file that is too large is refused', async () => {
  const large = Object.defineProperty(file('x'), 'size', { value: 21 * 1024 * 1024 })
  await expect(readFile(large)).rejects.toThrow('larger than 20 MB')
})
