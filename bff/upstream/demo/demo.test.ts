// The demo, through the real SDK, the real tools and the real wrapper.
import { describe, expect, test } from 'vitest'
import { isSummaryRequest, summaryOf } from './summarize.ts'
import type { SearchHit } from '#shared/search.ts'
import { testParts } from '../../testing/agent-parts.ts'
import { userItem } from '../items.ts'
import { fakeTarget, RecordedRun } from '../../testing/recorded-run.ts'
import { runAgent } from '../../runtime/run-agent.ts'
import type { AgentRun } from '../agent-run.ts'
import type { ModelTarget } from '../types.ts'
import type { DemoPace } from './demo-wire.ts'
import { findChart } from './find-chart.ts'
import { findExpression } from './find-expression.ts'
import { findTimeZones } from './find-time-zone.ts'

const AT_ONCE = { tokensPerSecond: Infinity, firstTokenMs: 0 }

const demoTarget: ModelTarget = fakeTarget('', 'chat_completions', {
  provider: 'demo',
  kind: 'demo',
  baseUrl: null,
  apiKey: null,
  model: 'tally-demo',
})

const boat: SearchHit = {
  conversationId: 'abc',
  title: 'Holidays',
  titleMarks: [],
  messageId: 'm',
  role: 'user',
  snippet: 'the boat is blue',
  snippetMarks: [],
  at: '2026-10-01T10:00:00.000Z',
}

function beginDemo(questions: string[], pace: DemoPace = AT_ONCE, more: Partial<AgentRun> = {}) {
  const recorded = new RecordedRun()
  const changes: Partial<AgentRun> = {
    history: questions.map((text) => userItem(text)),
    searchMessages: async (query) => (query.includes('boat') ? [boat] : []),
    ...more,
  }
  const outcome = runAgent(recorded.arguments(demoTarget, changes), testParts(pace))
  return { recorded, outcome }
}

async function ask(...questions: string[]): Promise<RecordedRun> {
  const { recorded, outcome } = beginDemo(questions)
  expect(await outcome).toEqual({ status: 'completed' })
  return recorded
}

function toolsOf(recorded: RecordedRun): string[] {
  return recorded.eventsOf('tool_result').map(({ name, status }) => `${name} ${status}`)
}

test.each([
  ['Chart 3, 5, 8', { kind: null, values: [3, 5, 8], labels: null }],
  [
    'draw a line chart of Mon 3.5, Tue: -4 and Wed 1,200!',
    { kind: 'line', values: [3.5, -4, 1200], labels: ['Mon', 'Tue', 'Wed'] },
  ],
  ['How do I read the chart on the usage page?', null],
  ['Chart 3', null],
])('the chart in “%s”', (question, chart) => {
  expect(findChart(question)).toEqual(chart)
})

describe('the demo', () => {
  test('says what Tally is, from the documentation', async () => {
    const recorded = await ask('What is Tally?')
    expect(toolsOf(recorded)).toEqual(['search_documentation ok'])
    expect(recorded.text).toMatch(/^### What Tally is\n\nTally is a chat for agents/)
  })

  test('says what it can do when it is asked both', async () => {
    const { text } = await ask('What is Tally, and what can you do?')
    expect(text).toMatch(/### What Tally is.*### What I can do/s)
  })

  test('asks the clock and the calculator at once', async () => {
    const recorded = await ask('What time is it, and what is 17.5 % of 1,240?')
    expect(toolsOf(recorded).toSorted()).toEqual(['calculate ok', 'current_time ok'])
    expect(recorded.text).toMatch(
      /It is \*\*\d\d:\d\d\*\* on .*\(Europe\/Berlin\).*1240` = \*\*217\*\*/s,
    )
    expect(recorded.message.parts[0]).toMatchObject({ type: 'reasoning' })
    expect(recorded.ledger.rows).toHaveLength(2)
  })

  test('knows the time elsewhere, also as a second question', async () => {
    expect((await ask('What time is it in Tokyo?')).text).toContain('(Asia/Tokyo)')
    expect((await ask('What time is it?', 'and in New York?')).text).toContain('(America/New_York)')
  })

  test('looks at the clock of each place that is named', async () => {
    const { text } = await ask('What time is it in Tokyo and in Oslo?')
    expect(text).toMatch(/\(Asia\/Tokyo\).*\(Europe\/Oslo\)/s)
  })

  test('asks back, and says what was answered', async () => {
    const { person } = new RecordedRun().arguments(demoTarget)
    const { recorded, outcome } = beginDemo(['Ask me something'], AT_ONCE, {
      person: { ...person, ask: async () => ({ decision: 'answer', option: 'Green' }) },
    })
    expect(await outcome).toEqual({ status: 'completed' })
    expect(recorded.text).toContain('You answered: **Green**.')
  })

  test.for([
    ['Refund order 1042', '**triage**'],
    ['What is the weather in Oslo?', '**weather**'],
  ])('says to "%s" whose it is', async ([question, who]) => {
    const { text } = await ask(question ?? '')
    expect(text).toContain(who)
    expect(text).toContain('**Agent**')
  })

  test('shows Markdown with table, code, formula and list', async () => {
    const { text } = await ask('Show me Markdown')
    for (const piece of ['| planet |', '```ts', '$$\n', '- [x] ']) expect(text).toContain(piece)
    const table = await ask('show me a table')
    expect(table.text).toContain('| planet |')
    expect(table.text).not.toContain('```')
  })

  test.for([
    ['How do I connect Ollama?', 'ollama pull'],
    ['How do I connect OpenRouter?', 'https://openrouter.ai/api/v1'],
    ['Can I use vLLM?', 'vllm serve'],
    ['How do I use my OpenAI key?', 'OPENAI_API_KEY'],
    ['Which keyboard shortcuts are there?', 'Shift + Enter'],
    ['What does it cost?', 'ledger'],
    ['How do I add a tool?', 'defineTool'],
    ['where is my API key stored', 'keys.json'],
    ['How do budgets work?', '### Budgets'],
    ['How do approvals work?', '### Approvals and rules'],
    ['How do I steer an answer?', '**Steer**'],
    ['Can I change the language?', 'English and German'],
    ['How can I share a chat?', '### Share a conversation'],
  ])('answers "%s"', async ([question, expected]) => {
    expect((await ask(question ?? '')).text).toContain(expected)
  })

  test('looks two providers up side by side', async () => {
    const recorded = await ask('Should I take Ollama or LM Studio?')
    expect(recorded.text).toMatch(/### Connect Ollama.*### Connect LM Studio/s)
  })

  test('finds what was said in earlier chats, and says when there is nothing', async () => {
    expect((await ask('What did I say about the boat?')).text).toContain(
      '[Holidays](/c/abc): the boat is blue',
    )
    expect((await ask('find zebra in my old chats')).text).toContain('I found nothing')
  })

  test.for(['Hi!', 'help', 'Who are you?', 'Can you help me?'])(
    'says to "%s" that it is no language model',
    async (text) => {
      const recorded = await ask(text)
      expect(recorded.text).toMatch(/\*\*demo\*\*.*not a language model/s)
      expect(toolsOf(recorded)).toEqual([])
    },
  )

  test('says how to export a chat, from the documentation', async () => {
    const recorded = await ask('can I export this chat')
    expect(toolsOf(recorded)).toEqual(['search_documentation ok'])
    expect(recorded.text).toMatch(/^### Export a conversation\n\nYes/)
  })

  test.for([
    'Write a poem about autumn',
    'What is the capital of France?',
    'Sort a list in Python',
    'write a python function',
    'What is the budget of Germany?',
    'What is a branch of mathematics?',
    'what is the answer to everything?',
    'Which files should I keep for taxes?',
    'Who rules England?',
  ])('makes nothing up when asked "%s"', async (question) => {
    const { text } = await ask(question)
    expect(text).toMatch(/not a language model, so I have no answer/)
    expect(text).toContain('Settings → Providers')
    expect(text.split('\n').filter((line) => line !== '')).toHaveLength(2)
  })

  test('reports usage, counted with a tokenizer', async () => {
    const [row] = (await ask('hello')).ledger.rows
    expect(row).toMatchObject({
      modelReturned: 'tally-demo',
      finishReason: 'stop',
      rawUsage: { prompt_tokens: expect.any(Number), completion_tokens: expect.any(Number) },
    })
  })

  test('streams, and stops when it is told to', async () => {
    const { recorded, outcome } = beginDemo(['Show me Markdown'], {
      tokensPerSecond: 200,
      firstTokenMs: 0,
    })
    await recorded.sawText('Here is')
    recorded.stop()
    expect(await outcome).toEqual({ status: 'stopped' })
    expect(recorded.text).not.toContain('planet')
    expect(recorded.ledger.rows).toMatchObject([{ status: 'stopped' }])
  })
})

test.for<[string, string | null]>([
  ['What is 2+2?', '2+2'],
  ['12 * (3 + 4) / 7', '12 * (3 + 4) / 7'],
  ['how much is 15% of 80', '(15 / 100) * 80'],
  ['square root of 2 times 3', 'sqrt(2) * 3'],
  ['3 squared plus 4 squared', '3 ^ 2 + 4 ^ 2'],
  ['what is sqrt(16) + pi', 'sqrt(16) + PI'],
  ['1,200 divided by 7', '1200 / 7'],
  ['the meeting on 2026-11-20', null],
  ['call 555-1234', null],
  ['I have 3 apples', null],
  ['is GPT-5 better than GPT-4?', null],
  ['open 24/7', null],
])('in "%s" the expression is %s', ([question, expression]) => {
  expect(findExpression(question)).toBe(expression)
})

test.for<[string, string[]]>([
  ['what time is it in Tokyo', ['Asia/Tokyo']],
  ['time in new york please', ['America/New_York']],
  ['and in São Paulo?', ['America/Sao_Paulo']],
  ['in Germany', ['Europe/Berlin']],
  ['in Oslo, Tokyo and Berlin', ['Europe/Oslo', 'Asia/Tokyo', 'Europe/Berlin']],
  ['what time is it', []],
  ['in Atlantis', []],
])('"%s" is in %s', ([question, zones]) => {
  expect(findTimeZones(question)).toEqual(zones)
})

test('a conversation is summarized by what was asked', () => {
  const text = 'Conversation to summarize:\n\nUser: What is Tally?\n\nAssistant: A chat.'
  expect(isSummaryRequest(text)).toBe(true)
  expect(isSummaryRequest('Summarize this conversation')).toBe(false)
  expect(summaryOf(text)).toBe('The user asked:\n- What is Tally?')
})
