import { expect, test } from 'vitest'
import type { MessagePart } from '#shared/message.ts'
import { blockStarts } from './part-blocks.ts'

const text = (words: string): MessagePart => ({ type: 'text', text: words })
const call: MessagePart = {
  type: 'tool_call',
  callId: 'c',
  name: 'clock',
  agent: 'assistant',
  status: 'done',
  arguments: '{}',
  output: '12:00',
  startedAt: null,
  durationMs: 1,
}

test('adjacent calls are one block', () => {
  expect(blockStarts([text('I look.'), call, call, text('So.'), call])).toEqual([0, 1, 3, 4])
})

test('a blank text between two calls separates nothing', () => {
  expect(blockStarts([call, text('\n\n'), call, text(' '), text('End.')])).toEqual([0, 3, 4])
})

const thought: MessagePart = { type: 'reasoning', text: 'Hm.', startedAt: '', endedAt: '' }

test('reasoning belongs to the calls that it follows, also before the next one is there', () => {
  expect(blockStarts([thought, call, thought, call, thought, text('End.')])).toEqual([0, 1, 5])
  expect(blockStarts([call, text('\n'), thought])).toEqual([0])
  expect(blockStarts([call, text('So.'), thought, call])).toEqual([0, 1, 2, 3])
})
