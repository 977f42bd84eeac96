import { expect, test } from 'vitest'
import type { PrefixItem, RequestPrefix } from '../../upstream/types.ts'
import { type Begun, difference } from './compare-prefix.ts'

const LETTERS: Record<string, PrefixItem['kind']> = {
  q: 'question',
  a: 'answer',
  c: 'tool_call',
  r: 'tool_result',
  t: 'reasoning',
}

/** Builds a request from items such as "q1 a1 q2": a kind and its text. */
function begun(items: string, more: Partial<Begun> & Partial<RequestPrefix> = {}): Begun {
  const { provider = 'p', model = 'm', agent = 'assistant', ...head } = more
  const prefix: RequestPrefix = {
    instructions: 'i',
    tools: 't',
    format: 'f',
    headChars: 100,
    items: items.split(' ').map((hash) => {
      return { kind: LETTERS[hash.charAt(0)] ?? 'question', hash, chars: 100 }
    }),
    ...head,
  }
  return { provider, model, agent, prefix }
}

test.each([
  ['q1 a1 q2', 'q1 a1 q2 a2 q3', null, null, 1],
  // The same question with another answer.
  ['q1 a1 q2', 'q1 a1 q2', null, null, 1],
  ['q1 a1 q2 a2 q3', 'q1 a1 q2', null, null, 4 / 6],
  ['q1 a1 q2', 'q1 a1 qx', 'question', 2, 3 / 4],
  ['q1 a1 q2', 'qx', 'question', 1, 1 / 4],
  ['q1 a1 q2', 'q1 ax q2', 'answer', 1, 2 / 4],
  ['q1 c1 r1 a1 q2', 'q1 c1 rx a1 q2 a2 q3', 'tool_result', 1, 3 / 6],
  ['q1 c1 r1 a1 q2', 'q1 cx r1 a1 q2', 'tool_call', 1, 2 / 6],
  ['q1 t1 c1 r1', 'q1 c1 r1 a1 q2', 'reasoning', 1, 2 / 5],
])('%s, then %s: %s', (before, now, change, number, common) => {
  expect(difference(begun(before), begun(now))).toMatchObject({ change, number, common })
})

test.each([
  [{ model: 'other' }, 'model'],
  [{ provider: 'other' }, 'model'],
  [{ instructions: 'other' }, 'instructions'],
  [{ instructions: 'other', agent: 'other' }, 'agent'],
  [{ tools: 'other' }, 'tools'],
  [{ format: 'other' }, 'format'],
] as const)('what stands before the conversation changed: %o', (more, change) => {
  expect(difference(begun('q1 a1 q2'), begun('q1 a1 q2', more))).toEqual({
    change,
    number: null,
    commonChars: 0,
    common: 0,
  })
})
