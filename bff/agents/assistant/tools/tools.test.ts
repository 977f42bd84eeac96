import { describe, expect, test } from 'vitest'
import { fakeTarget } from '../../../testing/recorded-run.ts'
import { begin, upstreamFor } from '../../../testing/begin-run.ts'
import { assistant } from '../agent.ts'
import { evaluate } from './calculate.ts'
import { describeTime } from './current-time.ts'

describe('the calculator', () => {
  test.for<[string, string]>([
    ['0.1 + 0.2', '0.3'],
    ['2 ^ 10', '1024'],
    ['2 ** 3 ** 2', '512'],
    ['(3 + 4) * 5 - 6 / 4', '33.5'],
    ['1,234,567 * 3', '3703701'],
    ['17 % 5', '2'],
    ['-2 ^ 2', '-4'],
    ['sqrt(2) * sqrt(2)', '2'],
    ['sin(π / 6)', '0.5'],
    ['2 × 3 ÷ 4 − 1', '0.5'],
    ['max(3, 9, 4) + floor(2.7)', '11'],
    ['1 / 0', 'Infinity'],
  ])('%s is %s', ([expression, result]) => {
    expect(evaluate(expression)).toBe(result)
  })

  test.for([
    'constructor',
    'toString()',
    '__proto__.polluted = 1',
    'constructor.constructor("return process")()',
    'x = 3',
    'f(x) = x + 1',
    'max.constructor("return 1")()',
    '"abc"',
    '[1, 2, 3]',
    'sqrt(0 - 1)',
    'random(5)',
    'process.exit()',
    '170!',
    '2 +',
    '('.repeat(900),
  ])('%s is refused and changes nothing', (expression) => {
    expect(() => evaluate(expression)).toThrow(/./)
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  test.for<[string, string]>([
    ['1/(', 'The expression is incomplete at its end.'],
    ['2 +', 'The expression is incomplete at its end.'],
    ['(1 + 2', 'A closing parenthesis is missing.'],
    [' ', 'The expression is empty.'],
    ['2 * width', '“width” is no number, constant or function here.'],
    ['3 $ 4', '“$” cannot be used in an expression.'],
    ['3 4', 'The expression cannot be read from character 3 on.'],
    ['sqrt()', 'This is not an arithmetic expression.'],
    ['a.b', 'This is not an arithmetic expression.'],
  ])('%s is refused in plain words: %s', ([expression, words]) => {
    expect(() => evaluate(expression)).toThrow(new Error(words))
  })
})

describe('the time', () => {
  const now = new Date('2026-11-20T23:30:05Z')

  test('is that of the time zone, with its own date', () => {
    expect(describeTime(now, 'Asia/Tokyo')).toEqual({
      timeZone: 'Asia/Tokyo',
      weekday: 'Saturday',
      date: '2026-11-21',
      time: '08:30:05',
      utcOffset: '+09:00',
      utc: '2026-11-20T23:30:05.000Z',
    })
    expect(describeTime(now, 'UTC')).toMatchObject({ time: '23:30:05', utcOffset: '+00:00' })
  })

  test('in an unknown time zone is an error that names it', () => {
    expect(() => describeTime(now, 'Mars/Olympus')).toThrow(/Mars\/Olympus.*IANA/)
  })
})

describe('the assistant', () => {
  test('uses all its tools in one run', async () => {
    const calls = [
      { call: { name: 'current_time', arguments: { timeZone: null } } },
      { call: { name: 'calculate', arguments: { expression: '6 * 7' } } },
      { call: { name: 'search_conversations', arguments: { query: 'boat', limit: null } } },
      { call: { name: 'search_documentation', arguments: { query: 'connect Ollama' } } },
    ]
    const upstream = await upstreamFor([{ parts: calls }, {}])
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, 'responses'), assistant, {
      searchMessages: async (query, limit) => [
        {
          conversationId: 'c1',
          title: 'Holidays',
          titleMarks: [],
          messageId: 'm1',
          role: 'user',
          snippet: `${query} ${limit}`,
          snippetMarks: [],
          at: '2026-01-01T00:00:00.000Z',
        },
      ],
    })
    expect(await outcome).toEqual({ status: 'completed' })
    expect(recorded.eventsOf('tool_result').map(({ status }) => status)).toEqual(
      Array(4).fill('ok'),
    )
    const output = new Map(
      recorded.eventsOf('tool_result').map((event) => [event.name, event.output]),
    )
    expect(output.get('current_time')).toContain('Europe/Berlin')
    expect(output.get('calculate')).toBe('42')
    expect(output.get('search_conversations')).toMatch(/boat 8.*\/c\/c1/)
    expect(output.get('search_documentation')).toMatch(/ollama/i)
    expect(recorded.eventsOf('tool_result').map(({ label }) => label)).toEqual([
      'Looked up the time · Europe/Berlin',
      'Calculated · 6 × 7 = 42',
      'Searched earlier chats · boat',
      'Searched the documentation · connect Ollama',
    ])
  })

  test('accepts a call that omits nullable arguments', async () => {
    const call = { name: 'current_time', arguments: '{}' }
    const upstream = await upstreamFor([{ parts: [{ call }] }, {}])
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, 'chat_completions'), assistant)
    expect(await outcome).toEqual({ status: 'completed' })
    expect(recorded.eventsOf('tool_result')).toMatchObject([
      { status: 'ok', output: expect.stringContaining('Europe/Berlin') },
    ])
  })
})
