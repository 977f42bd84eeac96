// What a person reads is a sentence that is translated: t`…` in the code, and its German in locales/de/.
// `npm run locales` adds new sentences there and removes old ones.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { LANGUAGES } from '../shared/translate.ts'
import { findBareTexts } from './bare-texts.ts'
import { areasOf, readLocale, ROOT, sourceFiles } from './locales.ts'

/** Descriptions for programs and maintainers. */
const NOT_SHOWN = [
  // Names of characters in HTML.
  'web/markdown/named-characters.ts',
  // Texts that the tests draw.
  'web/markdown/samples/',
  'bff/http/openapi.ts',
  'bff/http/operation.ts',
  'bff/http/page-query.ts',
  // What the operator reads on the command line.
  'bff/config/',
  'bff/serve/',
  // A format of another product, and what `npm run verify` finds.
  'bff/exports/chatgpt.ts',
  'bff/exports/check-conversation.ts',
  'bff/exports/verify-export.ts',
  // SQL, and names in the database.
  'bff/db/dialect.ts',
  'bff/db/fill-checksums.ts',
  // English pages, which the search of the demo reads.
  'bff/documentation/',
  // A value in the JSON of another product.
  'bff/imports/json-fields.ts',
  // What a model reads of a file.
  'bff/files/keep-tool-files.ts',
  'bff/files/model-texts.ts',
  // What a model reads, and the names of goods, which are data.
  'bff/agents/shop/first-day.ts',
  'bff/agents/model-check-prompt.ts',
  'bff/agents/refunds/schemas.ts',
  'bff/agents/weather/schemas.ts',
  'bff/agents/weather/todays-weather.ts',
  'bff/agents/assistant/chart/',
  'bff/runtime/agent-graph.ts',
  'bff/runtime/agent-texts.ts',
  'bff/runtime/history.ts',
  'bff/runtime/shorten-result.ts',
  'bff/runtime/title.ts',
  // Errors of the start.
  'bff/runtime/check-agents.ts',
  'bff/checks/questions.ts',
  'bff/context/branch-store.ts',
  'bff/context/summary-prompt.ts',
  'bff/upstream/items.ts',
  'bff/upstream/tool-files.ts',
  'bff/upstream/wire-request.ts',
  // Names in answers, of sources and of headers, and what only a log says.
  'bff/checks/parse-answer.ts',
  'bff/ledger/pricing/second-prices.ts',
  'bff/ledger/usage/usage-dialects.ts',
  'bff/providers/seal.ts',
  'bff/upstream/base-url.ts',
  'bff/upstream/connection.ts',
  'bff/upstream/send-request.ts',
  'bff/upstream/upstream-fetch.ts',
  'bff/worker/',
  // Descriptions of parameters.
  'bff/ledger/sums/usage-query.ts',
  // The demo speaks English, as its documentation does.
  'bff/upstream/demo/',
  // Frames of a stream.
  'bff/runs/event-stream.ts',
  // The wire format of events.
  'shared/sse.ts',
  // Names of keys, as the browser and the settings have them.
  'web/shortcuts/combos.ts',
  // A question to the browser.
  'web/chat/focus-composer.ts',
  // The demo understands English.
  'web/chat/example-questions.ts',
]

const areas = areasOf()
const all = [...areas].flatMap(([area, keys]) =>
  [...keys].map(([key, at]) => ({ area, key, ...at })),
)

describe.each(LANGUAGES.filter((one) => one !== 'en'))('%s', (language) => {
  const locale = readLocale(language)

  test('has every sentence of the code, and no other', () => {
    const inCode = all.map(({ area, key }) => `${area}: ${key}`)
    const inLocale = [...locale].flatMap(([area, texts]) =>
      Object.entries(texts).flatMap(([key, text]) => (text === '' ? [] : [`${area}: ${key}`])),
    )
    expect(inLocale.toSorted(), 'npm run locales').toEqual(inCode.toSorted())
  })

  test('has the values of every sentence, and no space around it', () => {
    const wrong = [...locale.values()]
      .flatMap((texts) => Object.entries(texts))
      .filter(
        ([key, text]) => text.trim() !== text || String(valuesOf(text)) !== String(valuesOf(key)),
      )
    expect(wrong).toEqual([])
  })

  test('says the same in every area', () => {
    const said = new Map<string, Set<string>>()
    for (const [key, text] of [...locale.values()].flatMap((texts) => Object.entries(texts))) {
      said.set(key, (said.get(key) ?? new Set()).add(text))
    }
    expect([...said].filter(([, texts]) => texts.size > 1)).toEqual([])
  })
})

test('a sentence begins and ends without a space, and has no braces of its own', () => {
  const wrong = all.filter(({ key, sentence }) => {
    const { english, values } = sentence
    return english.trim() !== english || valuesOf(english).length !== values.length || key === ''
  })
  expect(wrong.map(({ file, key }) => `${file}: ${key}`)).toEqual([])
})

test('the server translates when a sentence is needed, not when the module is loaded', () => {
  const early = all.filter(
    ({ file, sentence }) => !file.startsWith('web/') && sentence.atModuleLevel,
  )
  expect(early.map(({ file, key }) => `${file}: ${key}`)).toEqual([])
})

test('texts that a person reads are marked, and numbers have the language of the page', () => {
  const bare = sourceFiles()
    .filter((file) => !NOT_SHOWN.some((path) => file.startsWith(path)))
    .flatMap((file) => {
      const code = readFileSync(join(ROOT, file), 'utf8')
      const texts = findBareTexts(file, code).map(({ line, text }) => `${file}:${line}: ${text}`)
      return FIXED_LANGUAGE.test(code) ? [...texts, `${file}: use language()`] : texts
    })
  expect(bare).toEqual([])
})

/** A format that does not follow the language. */
const FIXED_LANGUAGE =
  /(?:toLocale\w*|Intl\.(?!DateTimeFormat\(\)\.resolved)\w+)\((?:'|undefined|\))/

function valuesOf(text: string): string[] {
  return (text.match(/\{\d\}/g) ?? []).toSorted()
}
