// The language of what the server says to a person: the one of the settings, or the one that the browser
// asks for. It holds for everything that a request starts, except what is stored (`inEnglish`).
import { AsyncLocalStorage } from 'node:async_hooks'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Language, LANGUAGES, setTranslator } from '#shared/translate.ts'
import type { LanguageSetting } from '#shared/provider-settings.ts'

const LOCALES = join(import.meta.dirname, '../../locales')

const current = new AsyncLocalStorage<Language>()

export function inLanguage<Result>(language: Language, run: () => Result): Result {
  return current.run(language, run)
}

/** For what is stored or read by a model. `translateStored` translates it for its readers. */
export function inEnglish<Result>(run: () => Result): Result {
  return inLanguage('en', run)
}

/** A stream is read later than its request, and keeps its language. */
export function keepLanguage<Part>(parts: AsyncGenerator<Part>): AsyncGenerator<Part> {
  const next = AsyncLocalStorage.bind(() => parts.next())
  async function* read(): AsyncGenerator<Part> {
    try {
      for (;;) {
        const { done, value } = await next()
        if (done === true) return
        yield value
      }
    } finally {
      await parts.return(undefined)
    }
  }
  return read()
}

/** Returns the language of a request. */
export function chooseLanguage(setting: LanguageSetting, acceptLanguage = ''): Language {
  return setting === 'auto' ? preferredLanguage(acceptLanguage) : setting
}

/** `de-AT,de;q=0.9,en;q=0.8` prefers German. Without a language that Tally has, the answer is English. */
function preferredLanguage(acceptLanguage: string): Language {
  const wanted = acceptLanguage.split(',').map((entry) => {
    const [range = '', ...parameters] = entry
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/)
    const weight = parameters.find((one) => one.startsWith('q='))
    return {
      name: range.split('-', 1)[0],
      weight: weight === undefined ? 1 : Number(weight.slice(2)),
    }
  })
  const [best] = wanted
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
    .flatMap(({ name }) => LANGUAGES.filter((language) => language === name))
  return best ?? 'en'
}

const catalogs = new Map<Language, ReadonlyMap<string, string>>()

function catalogOf(language: Language): ReadonlyMap<string, string> {
  const catalog = catalogs.get(language) ?? readCatalog(language)
  catalogs.set(language, catalog)
  return catalog
}

/** Reads the sentences of the server and of shared/, when the first one is needed. */
function readCatalog(language: Language): ReadonlyMap<string, string> {
  const folder = join(LOCALES, language)
  const files = existsSync(folder) ? globSync('{bff,shared}{,/**/*}.json', { cwd: folder }) : []
  return new Map(
    files.flatMap((file) => {
      const texts: Record<string, string> = JSON.parse(readFileSync(join(folder, file), 'utf8'))
      return Object.entries(texts)
    }),
  )
}

/** Returns the sentences of the server in the language of the request, by their English. */
export function storableSentences(): [english: string, translation: string][] {
  return [...catalogOf(language())].map(([key, text]) => [key.replace(/ \[[^[\]]+\]$/, ''), text])
}

const language = () => current.getStore() ?? 'en'
setTranslator({ language, find: (key) => catalogOf(language()).get(key) })
