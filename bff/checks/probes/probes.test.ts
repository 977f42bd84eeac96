import { describe, expect, test } from 'vitest'
import { body, chunks, golden } from '../../testing/golden-answers.ts'
import {
  evaluateCost,
  evaluateReasoning,
  evaluateSpeed,
  evaluateStreaming,
  evaluateUsage,
} from './answer-probe.ts'
import { evaluateCached } from './repeat-probe.ts'
import { evaluateCount } from './count-probe.ts'
import { evaluateJson } from './json-probe.ts'
import { evaluateStop } from './stop-probe.ts'
import { evaluateTools } from './tools-probe.ts'

describe('usage', () => {
  test.each([
    ['vllm-running-totals', 'yes', 'running'],
    ['openai-chat-cached', 'yes', 'final'],
    ['openai-responses-cache-write', 'yes', 'final'],
    ['usage-before-the-last-chunk', 'yes', 'final'],
    ['llamacpp-timings', 'yes', 'final'],
    ['vllm-no-usage', 'no', 'no'],
    ['gateway-null-usage', 'no', 'no'],
  ])('%s: %s, %s', (name, verdict, reportsUsage) => {
    expect(evaluateUsage(golden(name))).toMatchObject({ verdict, known: { reportsUsage } })
  })

  test('a `usage` that is null is told apart from none', () => {
    expect(evaluateUsage(golden('gateway-null-usage')).detail).toContain('an empty `usage`')
    expect(evaluateUsage(golden('vllm-no-usage')).detail).toContain('no `usage`')
  })
})

test.each([
  ['openrouter-cost', 'yes', '`usage.cost`: $0.00195'],
  ['xai-ticks', 'yes', '`usage.cost_in_usd_ticks`'],
  ['openai-chat-cached', 'no', 'names no amount'],
])('the amount in %s: %s', (name, verdict, words) => {
  const evaluated = evaluateCost(golden(name))
  expect(evaluated.verdict).toBe(verdict)
  expect(evaluated.detail).toContain(words)
})

describe('reasoning', () => {
  test('is found in the field it comes in', () => {
    const known = { reasoningField: 'reasoning_content' }
    expect(evaluateReasoning(golden('xai-reasoning'))).toMatchObject({ verdict: 'yes', known })
    expect(evaluateReasoning(chunks([{ reasoning: 'Hm.' }, { content: 'Yes.' }]))).toMatchObject({
      known: { reasoningField: 'reasoning' },
    })
    expect(
      evaluateReasoning(chunks([{ reasoning_details: [{ type: 'text', text: 'Hm.' }] }])),
    ).toMatchObject({ known: { reasoningField: 'reasoning_details' } })
  })

  test('can stand inside of the answer', () => {
    const reading = chunks([{ content: '<thi' }, { content: 'nk>Hm.</think>Yes.' }])
    expect(evaluateReasoning(reading)).toMatchObject({ verdict: 'partly' })
  })

  test('can be counted and not shown', () => {
    const usage = { prompt_tokens: 5, completion_tokens: 9 }
    const hidden = { ...usage, completion_tokens_details: { reasoning_tokens: 7 } }
    expect(evaluateReasoning(chunks([{ content: 'Yes.' }], hidden))).toMatchObject({
      verdict: 'no',
      detail: expect.stringContaining('7 tokens'),
    })
    expect(evaluateReasoning(chunks([{ content: 'Yes.' }], usage)).verdict).toBe('unknown')
  })
})

describe('streaming', () => {
  test('needs more than one piece', () => {
    expect(evaluateStreaming(golden('openai-chat-cached')).verdict).toBe('yes')
    expect(evaluateStreaming(chunks([{ content: 'All of it.' }])).verdict).toBe('partly')
    const whole = body({ choices: [{ message: { content: 'All.' }, finish_reason: 'stop' }] })
    expect(evaluateStreaming(whole)).toMatchObject({ verdict: 'no', known: { streaming: false } })
    const nothing = { ...chunks([]), finishReason: 'length' }
    expect(evaluateStreaming(nothing)).toMatchObject({
      verdict: 'unknown',
      detail: expect.stringContaining('thought up to its limit'),
    })
  })

  test('that is held back until the end is no streaming', () => {
    const reading = chunks([{ content: 'One' }, { content: ' two' }])
    const late = {
      ...reading,
      pieces: reading.pieces.map((piece) => ({ ...piece, atMs: 9_900 })),
      durationMs: 10_000,
    }
    expect(evaluateStreaming(late).verdict).toBe('partly')
    expect(evaluateStreaming({ ...late, durationMs: 60_000 }).verdict).toBe('yes')
  })
})

test('the speed is that between the first token and the end', () => {
  const reading = chunks([{ content: 'One' }, { content: ' two' }, { content: ' three' }])
  const timed = { ...reading, durationMs: 1010 }
  const booked = { outputTokens: 50, reasoningTokens: 0 }
  expect(evaluateSpeed({ ...timed, rawUsage: {} }, booked)).toMatchObject({
    detail: 'The first token came after 10 ms, then 50 tokens per second.',
    known: { ttftMs: 10, tokensPerSecond: 50 },
  })
  expect(evaluateSpeed(timed, booked).detail).toContain('about 50')
  expect(evaluateSpeed({ ...timed, pieces: [] }, booked).verdict).toBe('unknown')
})

test('thoughts that are not shown make no speed', () => {
  const booked = { outputTokens: 50, reasoningTokens: 40 }
  const hidden = { ...chunks([{ content: 'One' }, { content: ' two' }]), durationMs: 1010 }
  const shown = { ...chunks([{ reasoning: 'Hm' }, { content: 'One' }]), durationMs: 1010 }
  expect(evaluateSpeed(hidden, booked).known?.tokensPerSecond).toBe(10)
  expect(evaluateSpeed(shown, booked).known?.tokensPerSecond).toBe(50)
})

test.each([
  ['openai-chat-cached', 'yes'],
  ['deepseek-cache-hit', 'yes'],
  ['vllm-no-usage', 'no'],
  ['vllm-running-totals', 'no'],
])('cached tokens in %s: %s', (name, verdict) => {
  expect(evaluateCached(golden(name)).verdict).toBe(verdict)
})

test('a cache that is counted and gave nothing is neither', () => {
  const rawUsage = {
    prompt_tokens: 2000,
    completion_tokens: 1,
    prompt_tokens_details: { cached_tokens: 0 },
  }
  expect(evaluateCached({ rawUsage })).toMatchObject({
    verdict: 'partly',
    known: { reportsCached: true },
  })
})

describe('tool calls', () => {
  const first = (index: number | undefined, id: string, name: string, args = '') => ({
    tool_calls: [{ index, id, function: { name, arguments: args } }],
  })
  const more = (index: number | undefined, args: string) => ({
    tool_calls: [{ index, function: { arguments: args } }],
  })
  const verdicts = (deltas: object[]) => evaluateTools(chunks(deltas)).map(({ verdict }) => verdict)

  test('in pieces, each with its index, two at once', () => {
    const deltas = [
      first(0, 'a', 'calculate'),
      more(0, '{"expr'),
      more(0, 'ession":"1"}'),
      first(1, 'b', 'current_time'),
      more(1, '{}'),
    ]
    expect(verdicts(deltas)).toEqual(['yes', 'yes', 'yes'])
  })

  test('whole, without an index', () => {
    const deltas = [first(undefined, 'a', 'x', '{}'), first(undefined, 'b', 'x', '{}')]
    expect(verdicts(deltas)).toEqual(['partly', 'no', 'yes'])
  })

  test('with one index for all', () => {
    const deltas = [first(0, 'a', 'x', '{}'), first(0, 'b', 'y', '{}')]
    expect(verdicts(deltas)).toEqual(['partly', 'no', 'yes'])
  })

  test('one after the other, which says nothing about two at once', () => {
    const evaluated = evaluateTools(golden('tool-loop-1'))
    expect(evaluated.map(({ verdict }) => verdict)).toEqual(['yes', 'yes', 'no'])
    expect(evaluated[2]).not.toHaveProperty('known')
  })

  test.each([
    ['joined into one', [first(0, 'a', 'xy', '{"p":1}'), more(0, '{"q":'), more(0, '2}')]],
    [
      'crosswise, without an index',
      [
        first(undefined, 'a', 'x', '{"p"'),
        first(undefined, 'b', 'y', '{"q"'),
        more(undefined, ':1}'),
      ],
    ],
  ])('mixed up: %s', (_, deltas) => {
    expect(evaluateTools(chunks(deltas))[2]).toMatchObject({
      verdict: 'no',
      known: { parallelTools: false },
    })
  })

  test('one that its model cannot write is not mixed up', () => {
    expect(evaluateTools(chunks([first(0, 'a', 'x', '{"p": oops}')]))[2]).not.toHaveProperty(
      'known',
    )
  })

  test('none', () => {
    expect(verdicts([{ content: 'It is 391.' }])).toEqual(['unknown', 'unknown', 'unknown'])
  })

  test('on the Responses API', () => {
    const call = (id: string, name: string) => {
      return { type: 'function_call', call_id: id, name, arguments: '{}' }
    }
    const reading = body({ output: [call('a', 'x'), call('b', 'y')], status: 'completed' })
    expect(evaluateTools(reading).map(({ verdict }) => verdict)).toEqual(['partly', 'yes', 'yes'])
  })
})

test('a server that writes on after a stop lets the next answer wait', () => {
  const stopped = { wasCut: true, firstMs: 200, nextMs: 250 }
  expect(evaluateStop(stopped)).toMatchObject({ verdict: 'yes', known: { honoursStop: true } })
  expect(evaluateStop({ ...stopped, nextMs: 9000 })).toMatchObject({
    verdict: 'no',
    detail: expect.stringContaining('8.8 s later'),
  })
  expect(evaluateStop({ ...stopped, firstMs: 4000, nextMs: 9000 }).verdict).toBe('yes')
  expect(evaluateStop({ ...stopped, wasCut: false }).verdict).toBe('unknown')
  expect(evaluateStop({ ...stopped, nextMs: null }).verdict).toBe('unknown')
})

test('JSON is judged by what it is, not by what was promised', () => {
  const said = (content: string, finish_reason = 'stop') =>
    body({ choices: [{ message: { content }, finish_reason }] })
  const shaped = said('{"title":"Boats"}')
  expect(evaluateJson(shaped, 'schema')).toMatchObject({ known: { jsonMode: 'schema' } })
  expect(evaluateJson(shaped, 'object')).toMatchObject({ known: { jsonMode: 'object' } })
  expect(evaluateJson(said('{"name":"Boats"}'), 'schema')).toMatchObject({ verdict: 'partly' })
  expect(evaluateJson(said('A title: Boats'), 'schema')).toMatchObject({ verdict: 'no' })
  expect(evaluateJson(said('{"title":"Bo', 'length'), 'schema').verdict).toBe('unknown')
})

test('a count is one only as a number of input tokens', () => {
  const recorded = {
    isStream: false,
    ended: true,
    cut: false,
    durationMs: 5,
    problem: null,
    refusedWith: null,
  }
  const counted = (data: object) => evaluateCount({ ...recorded, frames: [{ atMs: 5, data }] })
  expect(counted({ object: 'response.input_tokens', input_tokens: 13 }).verdict).toBe('yes')
  expect(counted({ output: [], usage: { input_tokens: 13 } }).verdict).toBe('no')
})
