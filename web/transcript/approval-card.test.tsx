import { expect, test, vi } from 'vitest'
import { drawLive } from '../testing/live-answer.tsx'
import { all, find } from '../testing/screen.tsx'

vi.mock('../markdown/markdown.tsx', () => ({ Markdown: ({ text }: { text: string }) => text }))

const at = '2026-01-01T00:00:00.000Z'
const call = { callId: 'a', name: 'process_refund' } as const
const text = '{"orderId":1042,"amountUsd":84,"deliveredOn":"2026-11-21"}'

test('an approval asks in words and figures, and its row keeps what was decided', async () => {
  const { emit, decisions } = drawLive([
    { type: 'tool_call', at, ...call, agent: 'refunds', phase: 'ready', arguments: text },
    {
      type: 'waiting',
      at,
      waitId: 'w1',
      kind: 'approval',
      ...call,
      agent: 'refunds',
      label: 'Refund $84.00 to order 1042',
      arguments: text,
      argumentsHash: 'a'.repeat(64),
      expiresAt: '2026-01-02T00:00:00.000Z',
    },
  ])
  const card = await find('fieldset', 'Tool: process_refund')
  await find('button', 'Approve')
  const [row] = all('fieldset button[aria-expanded]')
  expect(row?.textContent).toContain('Refund $84.00 to order 1042?')
  expect(card.textContent).toMatch(/Amount\$84\.00Delivered onNovember 21, 2026/)
  const details = await find('button', 'Details')
  expect(details.getAttribute('aria-expanded')).toBe('false')
  details.click()
  await vi.waitFor(() => expect(details.getAttribute('aria-expanded')).toBe('true'))
  expect(all('pre')[0]?.textContent).toBe(text)
  // What is not changed in the editor is approved as it is.
  ;(await find('button', 'Edit arguments')).click()
  const editor = await find('textarea', 'Arguments')
  expect((editor as HTMLTextAreaElement).value).toContain('\n  "amountUsd": 84,\n')
  ;(await find('button', 'Approve')).click()
  await vi.waitFor(() => expect(decisions).toMatchObject([{ decision: 'approve' }]))
  const result = { ...call, output: '{}', durationMs: 5 } as const
  emit(
    { type: 'decision', at, waitId: 'w1', callId: 'a', decision: 'approve', by: 'person' },
    { type: 'tool_call', at, ...call, agent: 'refunds', phase: 'running' },
    { type: 'tool_result', at, status: 'ok', ...result, label: 'Refunded $84.00 of order 1042' },
  )
  await find('button', /^Refunded \$84\.00 of order 1042.*Approved/)
})
