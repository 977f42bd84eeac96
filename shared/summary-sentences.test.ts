import { expect, test } from 'vitest'
import type { ConversationSummaryText, SummaryPreview } from './summaries.ts'
import { previewSentence, savedSentence } from './summary-sentences.ts'

const preview: SummaryPreview = {
  provider: 'openai',
  model: 'gpt-5',
  messages: 8,
  replacedTokens: 9_000,
  tokens: 1_000,
  costNanoUsd: 40_000_000,
  lostCacheNanoUsd: 90_000_000,
  savesPerTurnNanoUsd: 30_000_000,
  paysAfterTurns: 5,
}
const LESS = 'Each request then carries about 8,000 tokens less.'

test.for<[Partial<SummaryPreview>, string]>([
  [
    {},
    `${LESS} Costs about $0.04 and $0.09 of lost cache, saves about $0.03 a turn: pays after 5 turns.`,
  ],
  [
    { lostCacheNanoUsd: 0, paysAfterTurns: 1 },
    `${LESS} Costs about $0.04, saves about $0.03 a turn: pays after 1 turn.`,
  ],
  [
    { savesPerTurnNanoUsd: 0, paysAfterTurns: null, lostCacheNanoUsd: 0 },
    `${LESS} Costs about $0.04, which it does not save again.`,
  ],
  [{ costNanoUsd: 0, savesPerTurnNanoUsd: 0 }, `${LESS} It costs nothing.`],
  [{ costNanoUsd: null }, `${LESS} gpt-5 has no price, so what it costs is not known.`],
  [{ demo: true }, `${LESS} The demo is not billed.`],
])('before it, %j reads: %s', ([changes, sentence]) => {
  expect(previewSentence({ ...preview, ...changes })).toBe(sentence)
})

const summary: ConversationSummaryText = {
  id: 's',
  messageId: 'm',
  text: 'Rivers.',
  messages: 8,
  replacedTokens: 9_000,
  tokens: 1_000,
  automatic: false,
  provider: 'openai',
  model: 'gpt-5',
  costNanoUsd: 40_000_000,
  lostCacheNanoUsd: 90_000_000,
  saved: { requests: 7, tokens: 56_000, nanoUsd: 210_000_000 },
  createdAt: '2026-01-01T00:00:00.000Z',
  editedAt: null,
}

test.for<[Partial<ConversationSummaryText>, string]>([
  [
    {},
    'Cost $0.04 and about $0.09 of lost cache. 7 requests since have saved about $0.21 and carried about 56,000 tokens less.',
  ],
  [
    { lostCacheNanoUsd: 0, saved: { requests: 1, tokens: 8_000, nanoUsd: 30_000_000 } },
    'Cost $0.04. 1 request since has saved about $0.03 and carried about 8,000 tokens less.',
  ],
  [
    { saved: { requests: 0, tokens: 0, nanoUsd: 0 }, lostCacheNanoUsd: null },
    'Cost $0.04. No request has carried it yet.',
  ],
  [{ demo: true }, '7 requests since have carried about 56,000 tokens less.'],
])('after it, %j reads: %s', ([changes, sentence]) => {
  expect(savedSentence({ ...summary, ...changes })).toBe(sentence)
})
