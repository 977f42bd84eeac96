// A stored sentence is English and is read in another language, as if it had been written there.
import { expect, test } from 'vitest'
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

test('what nobody has translated stays, and English is not touched', () => {
  const words = 'Some words. Of a provider: cannot answer'
  expect(inLanguage('de', () => translateStored(words))).toBe(words)
  expect(inLanguage('de', () => translateStored(''))).toBe('')
  expect(inEnglish(() => translateStored('1 second'))).toBe('1 second')
})

test('a provider cannot make it slow', () => {
  const words = 'It said: A. '.repeat(160)
  inLanguage('de', () => translateStored('1 second'))
  const start = performance.now()
  inLanguage('de', () => translateStored(words))
  expect(performance.now() - start).toBeLessThan(100)
})
