// Adds new sentences to locales/ and removes those that are gone. A new one has the translation that it
// has in another area, or an empty one, which must be filled in.
import { LANGUAGES } from '../shared/translate.ts'
import { areasOf, joinAreas, readLocale, writeArea } from './locales.ts'

const areas = areasOf()
let empty = 0
for (const language of LANGUAGES.filter((one) => one !== 'en')) {
  const locale = readLocale(language)
  const elsewhere = joinAreas(locale)
  for (const area of new Set([...locale.keys(), ...areas.keys()])) {
    const before = locale.get(area) ?? {}
    const keys = [...(areas.get(area)?.keys() ?? [])]
    const texts = Object.fromEntries(
      keys.map((key) => [key, before[key] || elsewhere.get(key) || '']),
    )
    writeArea(language, area, texts)
    for (const key of keys.filter((one) => texts[one] === '')) {
      empty += 1
      process.stdout.write(`${language}/${area}.json: ${JSON.stringify(key)}\n`)
    }
  }
}
process.stdout.write(
  empty === 0 ? 'Every sentence is translated.\n' : `${empty} without a translation.\n`,
)
