// Renders the usage page over fixed responses for tests.
import { type ModelCall, NO_CALLS, type Totals } from '#shared/ledger.ts'
import type { UsageToolUse } from '#shared/usage.ts'
import { type RecordedRequest, show } from './screen.tsx'
import { UsagePage } from '../usage/usage-page.tsx'

export const SPENT: Totals = { ...NO_CALLS, calls: 2, inputTokens: 12_840, costNanoUsd: 4_512_000 }
const UNPRICED: Totals = { ...SPENT, costNanoUsd: null, certainty: 'unknown', unpricedCalls: 2 }

/** Opens the page at the current address; `answer` replaces the default responses. */
export function openUsage(
  answer: (asked: RecordedRequest) => unknown = answerUsage,
): RecordedRequest[] {
  return show(<UsagePage Receipt={Receipt} />, answer)
}

function Receipt({ call }: { call: ModelCall }) {
  return <p>The receipt of {call.id}</p>
}

export function answerUsage({ path }: RecordedRequest, totals = SPENT): unknown {
  if (path.startsWith('/api/usage/calls')) {
    const isFirst = !queryOf(path).has('cursor')
    return isFirst
      ? { items: [call('call-1', '2026-11-20T08:15:30.000Z')], nextCursor: 'older' }
      : { items: [call('call-0', '2026-11-19T00:00:00.000Z')], nextCursor: null }
  }
  if (path.startsWith('/api/usage/tool-uses')) {
    const isFirst = !queryOf(path).has('cursor')
    return isFirst
      ? { items: [toolUse('call-1'), toolUse('call-2', GONE_USE)], nextCursor: 'more', goneUses: 3 }
      : {
          items: [toolUse('call-3', { reads: 2, unpricedReads: 2, costNanoUsd: null })],
          nextCursor: null,
          goneUses: 3,
        }
  }
  const by = queryOf(path).get('by') ?? ''
  if (queryOf(path).has('demo')) return { from: null, to: null, totals: NO_CALLS, groups: [] }
  return {
    from: null,
    to: null,
    totals,
    groups: totals.calls === 0 ? [] : GROUPS[by],
    series: SERIES,
  }
}

const group = (key: string, label = key, totals = SPENT) => ({ key, label, totals })
export const ID = '0199a000-0000-7000-8000-000000000001'
export const GONE = {
  ...group('0199a000-0000-7000-8000-000000000002', 'Deleted conversation'),
  deleted: true,
}
const part = (key: string, costNanoUsd: number | null, certainty: string) => ({
  key,
  label: key,
  costNanoUsd,
  certainty,
  tokens: 10,
  unpricedCalls: costNanoUsd === null ? 1 : 0,
})
const SERIES = [
  {
    day: '2026-11-18',
    groups: [part('gpt-5.6-luna', 1_000_000, 'estimated'), part('home-made', null, 'unknown')],
  },
  { day: '2026-11-20', groups: [part('gpt-5.6-luna', 3_000_000, 'computed')] },
]
const GROUPS: Record<string, unknown> = {
  day: [group('2026-11-19'), group('2026-11-20')],
  model: [group('gpt-5.6-luna'), group('home-made', 'home-made', UNPRICED)],
  conversation: [group(ID, 'Trip to Bergen'), group('others', 'Other conversations'), GONE],
  provider: [group('openai')],
  agent: [group('assistant')],
  purpose: [group('chat')],
  tool: [group('calculate')],
}

const call = (id: string, startedAt: string): ModelCall => ({
  id,
  runId: null,
  conversationId: null,
  purpose: 'chat',
  agent: null,
  provider: 'openai',
  modelRequested: 'gpt-5.6-luna',
  modelReturned: null,
  responseId: null,
  attempt: 1,
  serviceTier: null,
  status: 'completed',
  startedAt,
  ttftMs: null,
  durationMs: 1,
  finishReason: null,
  inputTokens: 3,
  cachedInputTokens: null,
  cacheWriteTokens: null,
  outputTokens: null,
  reasoningTokens: null,
  costNanoUsd: 1_000_000,
  certainty: 'computed',
  priceId: null,
  price: null,
  rawUsage: null,
})

const toolUse = (callId: string, more: Partial<UsageToolUse> = {}): UsageToolUse => ({
  messageId: 'm',
  callId,
  name: 'calculate',
  status: 'ok',
  durationMs: 12,
  at: '2026-11-20T08:15:30.000Z',
  resultTokens: 1500,
  reads: 1,
  unpricedReads: 0,
  costNanoUsd: 4_000_000,
  dropped: false,
  conversationId: ID,
  conversationTitle: 'Trip to Bergen',
  ...more,
})
const GONE_USE = {
  conversationTitle: null,
  status: 'failed',
  reads: 0,
  costNanoUsd: 0,
  dropped: true,
} as const

export function queryOf(path: string): URLSearchParams {
  return new URL(path, location.href).searchParams
}
