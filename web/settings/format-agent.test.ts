import { expect, test } from 'vitest'
import type { AgentInfo } from '#shared/api.ts'
import { formatAgent } from './format-agent.ts'

const AGENT: AgentInfo = {
  name: 'refunds',
  description: 'Refunds orders.',
  tools: [
    { name: 'check_order', description: '', approval: 'never' },
    { name: 'process_refund', description: '', approval: 'sometimes' },
  ],
  handoffs: ['triage'],
  limits: { turns: null, toolCalls: null, wallTimeMs: null, costNanoUsd: null },
  authority: null,
  entry: true,
  averageNanoUsd: 4_000_000,
}

test('an agent says what it has, asks, may hand over to and costs', () => {
  expect(formatAgent(AGENT)).toEqual([
    '2 tools · about $0.004 an answer',
    'Asks you before process refund',
    'May hand over to triage',
  ])
})

test('what is not known is left out', () => {
  expect(formatAgent({ ...AGENT, tools: [], handoffs: [], averageNanoUsd: null })).toEqual([])
})
