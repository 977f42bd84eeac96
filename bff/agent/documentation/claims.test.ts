// What the built-in documentation says, against the rest of Tally.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod/mini'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const PAGES = join(import.meta.dirname, 'pages')
const pages = readdirSync(PAGES).map((name) => readFileSync(join(PAGES, name), 'utf8'))
const read = (...path: string[]) => readFileSync(join(ROOT, ...path), 'utf8')

const SETTING = /\b(?:TALLY_[A-Z_]+|OPENAI_[A-Z_]+|APP_SECRET_FILE|DATA_DIR|HOST|PORT)\b/g

/** The first column of the tables of settings. */
function settingsIn(text: string): string[] {
  const cells = text.split('\n').flatMap((line) => /^\| (`[A-Z`, _]+) \|/.exec(line)?.[1] ?? [])
  return cells.flatMap((cell) => cell.match(SETTING) ?? []).toSorted()
}

test('the table of settings is that of the README, and each setting is read', () => {
  const named = settingsIn(pages.join('\n'))
  expect(named.length).toBeGreaterThan(10)
  expect(named).toEqual(settingsIn(read('README.md')))
  const sources = readdirSync(join(ROOT, 'bff'))
    .filter((name) => /^config.*\.ts$/.test(name) && !name.includes('test'))
    .map((name) => read('bff', name))
    .join('\n')
  const unread = named.filter(
    (name) => !sources.includes(name.replace(/^TALLY_BUDGET_.*/, 'TALLY_BUDGET_')),
  )
  expect(unread).toEqual([])
})

test('nothing is promised of keys that SECURITY.md does not say', () => {
  const about = pages.join('\n')
  expect(about).not.toMatch(/never stored/)
  for (const text of [about, read('SECURITY.md')]) {
    expect(text).toContain('kept in `keys.json`')
    expect(text).toContain('APP_SECRET_FILE')
  }
})

const Scripts = z.object({ scripts: z.record(z.string(), z.string()) })

test('every script that is named exists', () => {
  const { scripts } = Scripts.parse(JSON.parse(read('package.json')))
  const text = [...pages, read('README.md'), read('SECURITY.md')].join('\n')
  const named = [...text.matchAll(/`npm (?:run )?([a-z:]+)/g)].map(([, name = '']) => name)
  expect(named.length).toBeGreaterThan(3)
  expect(named.filter((name) => !(name in scripts))).toEqual([])
})
