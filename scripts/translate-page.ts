// Builds the page in one language: puts its sentences in the place of t`…`, tAs('…')`…` and rich`…`, and its
// name in the place of `language()`. So a page loads no other language, and English costs nothing.
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Plugin } from 'vite'
import { type Language, LANGUAGES } from '../shared/translate.ts'
import { inOneLine, joinAreas, PAGE_FILES, readLocale, ROOT } from './locales.ts'
import { findSentences, type Sentence } from './sentences.ts'

/** The environment of the build is the language. In development, the page has the language of TALLY_LANGUAGE. */
export function translatePage(): Plugin {
  const catalogs = new Map<Language, ReadonlyMap<string, string>>()
  const catalogOf = (language: Language) => {
    const catalog = catalogs.get(language) ?? joinAreas(readLocale(language))
    catalogs.set(language, catalog)
    return catalog
  }
  return {
    name: 'translate-page',
    // Before JSX is compiled: a sentence with elements stays JSX.
    enforce: 'pre',
    apply: (_config, { command }) => command === 'build' || devLanguage !== 'en',
    transform: {
      filter: { id: /\/(?:web|shared)\/[^?]*\.tsx?$/ },
      handler(code, id) {
        const language = languageOf(this.environment.name)
        return translateModule(id, code, language, catalogOf(language))
      },
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const language = languageOf(this.environment.name)
        const page = bundle['index.html']
        if (language === 'en' || page?.type !== 'asset') return
        delete bundle['index.html']
        const html = String(page.source)
        for (const [path, texts] of Object.entries(PAGE_FILES)) {
          const name = basename(path)
          const english = name === 'index.html' ? html : readFileSync(join(ROOT, path), 'utf8')
          this.emitFile({
            type: 'asset',
            fileName: nameIn(language, name),
            source: translateFile(english, texts, language, catalogOf(language)),
          })
        }
      },
    },
  }
}

const devLanguage = LANGUAGES.find((one) => one === process.env['TALLY_LANGUAGE']) ?? 'en'

function languageOf(environment: string): Language {
  return LANGUAGES.find((one) => one === environment) ?? devLanguage
}

/** `index.html` is `index.de.html` in German. */
const nameIn = (language: Language, name: string) => name.replace(/(?=\.\w+$)/, `.${language}`)

function translateFile(
  english: string,
  texts: RegExp,
  language: Language,
  catalog: ReadonlyMap<string, string>,
): string {
  return english
    .replace('<html lang="en"', `<html lang="${language}"`)
    .replace(/(?<=rel="manifest" href="\/)[^"]+/, (name) => nameIn(language, name))
    .replaceAll(texts, (text) => catalog.get(inOneLine(text)) ?? text)
}

/** Returns the module in the given language, with English where a translation is missing. */
export function translateModule(
  file: string,
  code: string,
  language: Language,
  catalog: ReadonlyMap<string, string>,
): string {
  const { sentences, languageCalls } = findSentences(file, code)
  const starts = new Map(sentences.map((sentence) => [sentence.start, sentence]))
  const calls = new Map(languageCalls.map((call) => [call.start, call]))
  const positions = [...starts.keys(), ...calls.keys()].toSorted((a, b) => a - b)

  // A value of a sentence may hold further sentences.
  const rewrite = (start: number, end: number): string => {
    let text = ''
    let at = start
    for (const position of positions) {
      if (position < at || position >= end) continue
      const sentence = starts.get(position)
      const range = sentence ?? calls.get(position)
      if (range === undefined) continue
      text += code.slice(at, position)
      text += sentence === undefined ? JSON.stringify(language) : asWritten(sentence)
      at = range.end
    }
    return text + code.slice(at, end)
  }
  const asWritten = (sentence: Sentence): string => {
    const said = sentence.kind === 'english' ? null : catalog.get(sentence.key)
    const values = sentence.values.map(({ start, end }) => rewrite(start, end))
    const text = said ?? sentence.english
    return sentence.kind === 'rich' ? asElements(text, values) : asTemplate(text, values)
  }
  return rewrite(0, code.length)
}

const PLACEHOLDER = /\{(\d)\}/

function asTemplate(said: string, values: string[]): string {
  const parts = said.split(PLACEHOLDER)
  if (parts.length === 1) return JSON.stringify(said)
  return `\`${parts.map((part, index) => (index % 2 === 0 ? escape(part) : `\${${values[Number(part)]}}`)).join('')}\``
}

const escape = (text: string) => text.replaceAll(/[\\`]|\$\{/g, '\\$&')

function asElements(said: string, values: string[]): string {
  const parts = said.split(PLACEHOLDER).map((part, index) => {
    if (index % 2 === 1) return `{${values[Number(part)]}}`
    return part === '' ? '' : `{${JSON.stringify(part)}}`
  })
  return `<>${parts.join('')}</>`
}
