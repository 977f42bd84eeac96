// The sentences that a person reads. They stand in the code in English; locales/ has them in other
// languages. The server asks for each when it needs it. The page is built once per language, with the
// sentences in place (scripts/translate-page.ts), so what stands here is its English without a build.
export const LANGUAGES = ['en', 'de'] as const
export type Language = (typeof LANGUAGES)[number]

interface Translator {
  language: () => Language
  /** Finds the sentence in the current language. English has none. */
  find: (key: string) => string | undefined
}

let translator: Translator = { language: () => 'en', find: () => undefined }

/** Called by the server, where the language depends on the request. */
export function setTranslator(next: Translator): void {
  translator = next
}

/** The language of the page, or of the current request. For numbers, dates, lists and order too. */
export function language(): Language {
  return translator.language()
}

/** Translates a sentence: t`Could cost up to ${amount}`. */
export function t(english: TemplateStringsArray, ...values: (string | number)[]): string {
  return translate(english, values, '')
}

/** Translates a word that has several meanings: tAs('not closed')`Open`. */
export function tAs(meaning: string): typeof t {
  return (english, ...values) => translate(english, values, meaning)
}

function translate(english: TemplateStringsArray, values: (string | number)[], meaning: string) {
  const found = language() === 'en' ? undefined : translator.find(sentenceKey(english, meaning))
  if (found === undefined) return String.raw({ raw: english }, ...values)
  return found.replaceAll(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)]))
}

/**
 * Marks a sentence that stays English where it stands, for example because a model reads it, too. The server
 * translates it on the way to a reader (`translateStored`).
 */
export function english(english: TemplateStringsArray, ...values: (string | number)[]): string {
  return String.raw({ raw: english }, ...values)
}

/** `Could cost up to {0}`, and `Open [not closed]` with a meaning. */
export function sentenceKey(english: readonly string[], meaning = ''): string {
  const text = english.reduce((key, part, index) => `${key}{${index - 1}}${part}`)
  return meaning === '' ? text : `${text} [${meaning}]`
}

/** Picks the form for a number: plural(count, { one: t`1 model`, other: t`${count} models` }). */
export function plural(
  count: number,
  forms: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string },
): string {
  return forms[rulesOf(language()).select(count)] ?? forms.other
}

const rules = new Map<Language, Intl.PluralRules>()

function rulesOf(language: Language): Intl.PluralRules {
  const known = rules.get(language) ?? new Intl.PluralRules(language)
  rules.set(language, known)
  return known
}
