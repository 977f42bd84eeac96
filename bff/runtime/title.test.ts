import { describe, expect, test } from 'vitest'
import type { Script } from '../../e2e/fake-upstream.ts'
import { testParts } from '../testing/agent-parts.ts'
import { fakeTarget, RecordedLedger } from '../testing/recorded-run.ts'
import { upstreamFor } from '../testing/begin-run.ts'
import { titleFor } from '../upstream/demo/phrases.ts'
import { makeTitle, titleIn } from './title.ts'
import type { ModelTarget } from '../upstream/types.ts'

async function titleOn(target: ModelTarget, stop = new AbortController()) {
  const ledger = new RecordedLedger()
  const title = makeTitle(
    {
      conversationId: 'conversation',
      target,
      question: 'What is a monad?',
      answer: 'A burrito.',
      ledger,
      signal: stop.signal,
    },
    testParts({ tokensPerSecond: Infinity, firstTokenMs: 0 }),
  )
  return { ledger, title: await title }
}

const says = (text: string): Script => ({ parts: [{ text }] })

describe.for(['responses', 'chat_completions'] as const)('on %s', (api) => {
  test('one structured call gives the title, and its row has the purpose title', async () => {
    const upstream = await upstreamFor(says('{"title": "Monads, explained"}'))
    const { title, ledger } = await titleOn(fakeTarget(upstream.baseUrl, api))
    expect(title).toBe('Monads, explained')
    expect(JSON.stringify(upstream.calls[0]?.body)).toContain('"json_schema"')
    expect(upstream.calls[0]?.body['stream'] ?? false).toBe(false)
    expect(ledger.rows).toMatchObject([
      {
        purpose: 'title',
        runId: null,
        conversationId: 'conversation',
        agent: null,
        status: 'completed',
        modelReturned: 'fake-model',
        rawUsage: { total_tokens: 120 },
        outputText: '{"title": "Monads, explained"}',
      },
    ])
  })

  test('a server without JSON schemas is asked once more, in words', async () => {
    const upstream = await upstreamFor([{ status: 400 }, { parts: [{ text: '"Monads."' }] }])
    const { title, ledger } = await titleOn(fakeTarget(upstream.baseUrl, api))
    expect(title).toBe('Monads')
    expect(JSON.stringify(upstream.calls[1]?.body)).not.toContain('json_schema')
    expect(ledger.rows.map(({ status }) => status)).toEqual(['failed', 'completed'])
  })

  test('a server that is known to take no shape is asked in words at once', async () => {
    const upstream = await upstreamFor(says('"Monads."'))
    const target = { ...fakeTarget(upstream.baseUrl, api), takesJsonShape: false }
    const { title, ledger } = await titleOn(target)
    expect(title).toBe('Monads')
    expect(JSON.stringify(upstream.calls[0]?.body)).not.toContain('json_schema')
    expect(ledger.rows).toHaveLength(1)
  })

  test('a provider that cannot is not asked again', async () => {
    const upstream = await upstreamFor({ status: 503 })
    const { title, ledger } = await titleOn(fakeTarget(upstream.baseUrl, api))
    expect(title).toBeNull()
    expect(ledger.rows).toHaveLength(1)
  })

  test('a stop ends it quietly', async () => {
    const upstream = await upstreamFor({ instead: 'hang' })
    const stop = new AbortController()
    void upstream.called(1).then(() => stop.abort())
    const { title, ledger } = await titleOn(fakeTarget(upstream.baseUrl, api), stop)
    expect(title).toBeNull()
    expect(ledger.rows).toMatchObject([{ status: 'stopped' }])
  })
})

test('the demo names conversations too', async () => {
  const target = fakeTarget('', 'chat_completions', { kind: 'demo', baseUrl: null, apiKey: null })
  expect((await titleOn(target)).title).toBe('What is a monad')
})

test.for([
  ['What is 17 * 23?', 'What is 17 * 23'],
  ['## show `x_1`\n\nplease', 'Show x_1'],
])('the demo names a conversation that begins with %o', ([question = '', title]) => {
  expect(titleFor(`The person wrote:\n${question}\n\nThe answer was:\nYes.`)).toBe(title)
})

test.for<[string, string | null]>([
  ['{"title": "A boat"}', 'A boat'],
  ['```json\n{"title": "A boat"}\n```', 'A boat'],
  ['<think>Hm, {a boat}?</think>\n**A boat**', 'A boat'],
  ['Title: “A boat”', 'A boat'],
  ['# A boat', 'A boat'],
  ['{"name": "A boat"}', null],
  ['Sure!\n\nHere is a title: A boat', null],
  ['x'.repeat(200), null],
  ['', null],
  ['<think>Hm</think>\n<think>So</think>A boat', 'A boat'],
])('in %j the title is %s', ([answer, title]) => {
  expect(titleIn(answer)).toBe(title)
})

test.for(['<think>', '{', 'a***'])('an answer of nothing but %s has no title, at once', (piece) => {
  expect(titleIn(`${piece.repeat(400_000)}x`)).toBeNull()
})
