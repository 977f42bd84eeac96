// A stored sentence is English and is read in another language, as if it had been written there.
import { expect, test } from 'vitest'
import type { BudgetUse } from '#shared/budgets.ts'
import { exactUsd } from '#shared/exact-usd.ts'
import { formatAmount, formatUsd } from '#shared/money.ts'
import {
  contextSentence,
  decisionSentence,
  guardrailSentence,
  handoffSentence,
  heldSentence,
  progressSentence,
  shortageSentence,
  stopSentence,
  warningSentence,
} from '#shared/notice-sentences.ts'
import { language, plural, t } from '#shared/translate.ts'
import { ProviderError } from '../upstream/provider-error.ts'
import type { ProviderErrorCode } from '../upstream/provider-error-kinds.ts'
import { formatFallback } from '../upstream/request-fallbacks.ts'
import { formatWait } from '../upstream/retry.ts'
import { safeDetail } from '../upstream/safe-detail.ts'
import { inEnglish, inLanguage } from './language.ts'
import { translateStored } from './stored-sentences.ts'

/** What a German reader gets of what was stored, and what would have been said to him at once. */
function inGerman(say: () => string): { read: string; said: string } {
  const stored = inEnglish(say)
  return inLanguage('de', () => ({ read: translateStored(stored), said: say() }))
}

const AT = { provider: 'my.provider', host: 'llm.example:8000', model: 'a model 2.5' }
const CODES: ProviderErrorCode[] = [
  'invalid_key',
  'not_allowed',
  'model_not_found',
  'connection_refused',
  'insecure_connection',
  'rate_limited',
  'files_refused',
  'timeout',
  'context_too_long',
  'context_full',
  'internal',
]

test('an error of a provider, with its own words', () => {
  const report = { status: 400, code: '', message: 'Use max_tokens. See the manual' }
  for (const code of CODES) {
    for (const detail of [
      () => '',
      () => safeDetail(report, () => false),
      () => safeDetail({ ...report, status: undefined }, () => false),
      () => safeDetail(report, () => true),
      () => formatWait(20 * 60_000, 0),
    ]) {
      const { read, said } = inGerman(
        () => new ProviderError(code, AT, { detail: detail() }).message,
      )
      expect(read).toBe(said)
      expect(read).not.toContain('Check')
      expect(read).not.toContain('It asks')
    }
  }
})

test('a retry, a number and a plural', () => {
  const count = (tokens: number) => () =>
    plural(tokens, {
      one: t`1 second`,
      other: t`The budgets allowed it ${tokens.toLocaleString(language())} tokens.`,
    })
  const retry = inGerman(() => formatFallback('tools', 'llama3'))
  expect(retry.read).toBe(retry.said)
  expect(retry.read).toBe('llama3 kann keine Werkzeuge nutzen und wird ohne sie erneut gefragt.')
  expect(inGerman(count(12_345)).read).toBe('Die Budgets erlaubten 12.345 Token.')
  expect(inGerman(count(1)).read).toBe('1 Sekunde')
})

test('amounts are written as Germans write them', () => {
  const amount = (costNanoUsd: number | null, certainty: 'computed' | 'estimated' | 'unknown') =>
    formatAmount({ costNanoUsd, certainty })
  const german = inLanguage('de', () => [
    formatUsd(0),
    formatUsd(12_300_000),
    formatUsd(1_234_567_890_000),
    amount(500_000_000, 'estimated'),
    amount(500_000_000, 'unknown'),
    amount(null, 'unknown'),
    exactUsd(-1_234_500_000_001),
  ])
  expect(german.map((text) => text.replace('\u00A0', ' '))).toEqual([
    '0,00 $',
    '0,0123 $',
    '1.234,57 $',
    '≈0,50 $',
    '≥0,50 $',
    'ohne Preis',
    '−1.234,500000001 $',
  ])
})

test('the notices of a run, with amounts', () => {
  const at = '2026-01-01T00:00:00.000Z'
  const use: BudgetUse = {
    scope: 'day',
    spentNanoUsd: 1_240_980_000_000,
    limitNanoUsd: 1_250_000_000_000,
    spentTokens: 900,
    limitTokens: 12_000,
  }
  const needs = { neededNanoUsd: 80_000_000, neededTokens: 1, offerNanoUsd: 1, offerTokens: null }
  const decided = { type: 'decision', at, waitId: 'w' } as const
  const more = { nanoUsd: 2_000_000_000, tokens: 13_000 }
  const blocked = { type: 'guardrail', at, stage: 'input', tripped: true, durationMs: 1 } as const
  const agent = { type: 'agent', at, name: 'refunds', previous: 'triage' } as const
  const saved = { messages: 1212, tokens: 4100 }
  const say: [() => string, string][] = [
    [
      () => shortageSentence({ ...use, ...needs, reason: 'money', model: 'm' }),
      'Diese Antwort kann bis zu 0,08 $ kosten, vom Budget von 1.250,00 $ für heute sind noch 9,00 $ übrig.',
    ],
    [
      () => warningSentence({ ...use, scope: 'folder', percent: 80 }),
      'Vom Budget von 1.250,00 $ für diesen Ordner sind 99 % verbraucht.',
    ],
    [
      () => heldSentence({ ...use, scope: 'month', heldFor: ['r'] }),
      'Der Rest vom Budget von 1.250,00 $ für diesen Monat ist zurückgehalten, bis eine gestoppte Antwort gezählt ist.',
    ],
    [
      () => decisionSentence({ ...decided, decision: 'continue', allowance: more }),
      'Fortgesetzt, mit bis zu 2,00 $ und 13.000 Token.',
    ],
    [() => decisionSentence({ ...decided, decision: 'stop' }), 'Hier beendet.'],
    [
      () => stopSentence('moved_on'),
      'Diese Antwort wurde gestoppt, weil eine andere Nachricht gesendet wurde.',
    ],
    [
      () => guardrailSentence({ ...blocked, name: 'policy', reason: 'No.' }),
      'Blockiert von policy: No.',
    ],
    [
      () => handoffSentence({ ...agent, by: 'router', rule: 'x' }),
      'refunds hat laut Regel übernommen: x',
    ],
    [
      () => contextSentence({ ...saved, kind: 'summary' }),
      'Ältere Nachrichten werden als Zusammenfassung gesendet: 1.212 Nachrichten, etwa 4.100 Token weniger.',
    ],
    [
      () => contextSentence({ ...saved, kind: 'left_out', results: 1 }),
      'Ältere Nachrichten werden nicht gesendet: 1.212 Nachrichten, 1 gekürztes Werkzeugergebnis, etwa 4.100 Token.',
    ],
    [
      () => progressSentence({ stage: 'prompt', processed: 1500, total: 2000 }),
      'Der Prompt wird gelesen: 1.500 von 2.000 Token (75 %).',
    ],
  ]
  for (const [sentence, german] of say) {
    const { read, said } = inGerman(sentence)
    expect(read.replaceAll('\u00A0', ' ')).toBe(german)
    expect(read).toBe(said)
  }
})

test('what nobody has translated stays, and English is not touched', () => {
  const words = 'Some words. Of a provider: cannot answer'
  expect(inLanguage('de', () => translateStored(words))).toBe(words)
  expect(inLanguage('de', () => translateStored(''))).toBe('')
  expect(inEnglish(() => translateStored('1 second'))).toBe('1 second')
})

test('a provider cannot make it slow', () => {
  inLanguage('de', () => translateStored('1 second'))
  for (const words of ['It said: A. '.repeat(160), 'It said: A. '.repeat(20)]) {
    const start = performance.now()
    inLanguage('de', () => translateStored(words))
    expect(performance.now() - start).toBeLessThan(50)
  }
})
