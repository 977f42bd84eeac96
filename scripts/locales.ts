// The translated sentences: locales/<language>/<area>.json, from the English to the translation. An area
// is a folder of the code, such as web/chat, or the files directly in web/, bff/ or shared/.
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Language } from '../shared/translate.ts'
import { findSentences, type Sentence } from './sentences.ts'

/** Files of the page that are no modules, and their texts. */
export const PAGE_FILES = {
  'web/index.html': /(?<=<noscript>)[^<]+|(?<=name="description"\s+content=")[^"]+/g,
  'web/public/sw.js': /(?<=<(?:title|h1|p|a href="")>\s*)\S[^<]*[^<\s]/g,
  'web/public/manifest.webmanifest': /(?<="(?:description|name)": ")(?!Tally")[^"]+/g,
}

/** A text may be broken into lines. */
export const inOneLine = (text: string) => text.replaceAll(/\s+/g, ' ')

export const ROOT = join(import.meta.dirname, '..')
export type Locale = Map<string, Record<string, string>>

/** The files whose sentences are shown, by path. */
export function sourceFiles(): string[] {
  return globSync('{web,bff,shared}/**/*.{ts,tsx}', {
    cwd: ROOT,
    exclude: ['**/*.test.*', '**/testing/**', 'shared/translate.ts', 'web/ui/rich.ts'],
  }).map((file) => file.replaceAll('\\', '/'))
}

/** Returns `web/chat` for a file in this folder or below, and `web` for one that is directly in web/. */
export function areaOf(file: string): string {
  const folders = file.split('/').slice(0, -1)
  return folders.slice(0, 2).join('/')
}

/** The sentences of the code by area and key, each with where it stands. */
export function areasOf(): Map<string, Map<string, { file: string; sentence: Sentence }>> {
  const areas = new Map<string, Map<string, { file: string; sentence: Sentence }>>()
  const add = (file: string, sentence: Sentence) => {
    const area = areaOf(file)
    const keys = areas.get(area) ?? new Map()
    areas.set(area, keys.set(sentence.key, { file, sentence }))
  }
  for (const file of sourceFiles()) {
    const code = readFileSync(join(ROOT, file), 'utf8')
    for (const sentence of findSentences(file, code).sentences) add(file, sentence)
  }
  for (const [file, texts] of Object.entries(PAGE_FILES)) {
    for (const [text] of readFileSync(join(ROOT, file), 'utf8').matchAll(texts)) {
      const english = inOneLine(text)
      const position = { start: 0, end: 0, values: [], atModuleLevel: false }
      add(file, { key: english, english, kind: 't', ...position })
    }
  }
  return areas
}

export function readLocale(language: Language): Locale {
  const folder = join(ROOT, 'locales', language)
  const files = existsSync(folder) ? globSync('**/*.json', { cwd: folder }) : []
  return new Map(
    files.map((file) => [
      file.replaceAll('\\', '/').slice(0, -'.json'.length),
      JSON.parse(readFileSync(join(folder, file), 'utf8')),
    ]),
  )
}

/** Writes the area with its keys in order; one without keys is removed. */
export function writeArea(language: Language, area: string, texts: Record<string, string>): void {
  const file = join(ROOT, 'locales', language, `${area}.json`)
  const keys = Object.keys(texts).toSorted()
  if (keys.length === 0) return rmSync(file, { force: true })
  mkdirSync(dirname(file), { recursive: true })
  const sorted = Object.fromEntries(keys.map((key) => [key, texts[key]]))
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`)
}

/** One map of all areas. The areas agree on what they share, which a test checks. */
export function joinAreas(locale: Locale): Map<string, string> {
  const all = [...locale.values()].flatMap((texts) => Object.entries(texts))
  return new Map(all.filter(([, text]) => text !== ''))
}
