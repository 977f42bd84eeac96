import { expect, test } from 'vitest'
import type { ContextGroup, ContextPart } from '#shared/context.ts'
import { all, find, names, show, until } from '../testing/screen.tsx'
import { PartTable } from './part-table.tsx'

const part = (kind: ContextPart['kind'], label: string, tokens: number): ContextPart => ({
  kind,
  label,
  tokens,
  messageId: null,
  callId: null,
  dropped: false,
})

const setup = (tools: number): ContextGroup => ({
  kind: 'setup',
  label: 'Instructions and tools',
  messageId: null,
  tokens: 100 * tools,
  parts: Array.from({ length: tools }, (_, n) => part('tools', `tool-${n}`, 100)),
})

const TURN: ContextGroup = {
  kind: 'turn',
  label: 'Add them',
  messageId: 'm-1',
  tokens: 250,
  parts: [part('user', 'Add them', 50), part('assistant', 'The sum is 3.', 200)],
}

function open(groups: ContextGroup[]) {
  const inputTokens = groups.reduce((sum, { tokens }) => sum + tokens, 0)
  show(<PartTable groups={groups} inputTokens={inputTokens} />, () => ({}))
}

const rows = () => all('tbody tr').map(({ textContent }) => textContent)

test('a turn says what it takes in all, and opens to its parts', async () => {
  open([setup(15), TURN])
  const button = await find('button', 'Add them')
  expect(rows()).toEqual(['Instructions and tools≈1,50086 %', 'Add them≈25014 %'])
  button.click()

  await until(() => expect(rows()).toHaveLength(4))
  expect(rows().slice(2)).toEqual(['You Add them≈503 %', 'Assistant The sum is 3.≈20011 %'])
  expect(button.getAttribute('aria-expanded')).toBe('true')
  button.click()
  await until(() => expect(rows()).toHaveLength(2))
})

test('a short context shows all of its parts, and every bar has the scale of the whole', async () => {
  open([setup(2), TURN, { ...TURN, kind: 'other', label: '3 smaller turns', messageId: null }])
  await find('button', 'Add them')
  // What stands for many turns has nothing to open to.
  expect(names('button')).toEqual(['Instructions and tools', 'Add them'])
  const widths = all('[style]').map((bar) => Math.round(Number.parseFloat(bar.style.width)))
  // Of 700 tokens: 200 (100 and 100), 250 (50 and 200), 250.
  expect(widths).toEqual([29, 14, 14, 36, 7, 29, 36])
})
