import { expect, test } from 'vitest'
import { z } from 'zod'
import { callTool, prepared } from '../testing/call-tool.ts'
import { defineTool } from './define-tool.ts'
import { NO_RUN } from './run-context.ts'

const tool = defineTool({
  name: 'pay',
  description: 'Pays.',
  parameters: z.object({ to: z.string() }),
  pendingLabel: ({ to }) => `Pay ${to.trim() === '' ? fail() : to}`,
  label: () => fail(),
  execute: () => 'Paid.',
})

function fail(): never {
  throw new Error('no label')
}

test('a label is one line of limited length', () => {
  expect(prepared(tool, { to: 'a\n  b' }).pendingLabel).toBe('Pay a b')
  expect(prepared(tool, { to: 'x'.repeat(1000) }).pendingLabel).toMatch(/^Pay x{295}…$/)
})

test('a label that cannot be made is left out, and the call goes on', async () => {
  expect(prepared(tool, { to: ' ' }).pendingLabel).toBeUndefined()
  expect(await callTool(tool, { to: 'a' }, NO_RUN)).toBe('Paid.')
})
