// The first page loads the classes of its own modules only. What loads later must wait for all classes,
// or it would be drawn without its own.
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { FIRST_PAGE_ENTRIES, firstPageFiles, STATIC_IMPORT } from './first-page.ts'

const WEB = join(import.meta.dirname, '../web')
/** What stands before an import that waits for all classes. */
const WAITS = /(?:lazyPart|lazyMenu|Promise\.all)\([[(){}\s]*$/
/** Colours for ranges of text, and boxes, that have the rules of their own style sheets. */
const STYLED_BY_THEMSELVES = ['markdown/extras.ts', 'markdown/plain-lines.tsx']

const files = globSync('**/*.{ts,tsx}', { cwd: WEB, exclude: ['**/*.test.*', 'testing/**'] })
const code = new Map(files.map((file) => [file, readFileSync(join(WEB, file), 'utf8')]))
const first = new Set(firstPageFiles())

test('the first page is what loads without waiting', () => {
  expect(first).toContain('settings/model-picker.tsx')
  expect(first).toContain('transcript/transcript.tsx')
  expect(first).not.toContain('receipt/receipt-dialog.tsx')
})

test('what draws with other classes than those of the first page waits for all classes', () => {
  const bare: string[] = []
  for (const file of first) {
    const text = code.get(file) ?? ''
    for (const { 1: path = '', index } of text.matchAll(/import\('(\.[^']+\.tsx?)'\)/g)) {
      const imported = resolve(file, path)
      const waits = WAITS.test(text.slice(0, index).replace(/\(\) =>\s*$/, ''))
      if (!waits && !first.has(imported) && draws(imported)) bare.push(`${imported} in ${file}`)
    }
  }

  expect(draws('ui/toast-board.tsx')).toBe(true)
  expect(bare).toEqual([])
})

test('only the parts of the first page are loaded without all classes', () => {
  const parts = [...first].flatMap((file) =>
    Array.from(
      (code.get(file) ?? '').matchAll(
        /lazyPart\(\s*\(\) => import\('([^']+)'\),\s*'\w+',\s*\{[^}]*onFirstPage: true/g,
      ),
      ([, path = '']) => resolve(file, path),
    ),
  )

  expect(['main.tsx', ...parts].toSorted()).toEqual(FIRST_PAGE_ENTRIES.toSorted())
})

/** Whether a module or one that comes with it has classes. */
function draws(file: string, seen = new Set<string>()): boolean {
  if (seen.has(file) || STYLED_BY_THEMSELVES.includes(file)) return false
  seen.add(file)
  const text = code.get(file) ?? ''
  if (!first.has(file) && text.includes('className')) return true
  return Array.from(text.matchAll(STATIC_IMPORT), ([, path = '']) => resolve(file, path)).some(
    (imported) => draws(imported, seen),
  )
}

function resolve(file: string, path: string): string {
  return relative(WEB, join(WEB, dirname(file), path))
}
