// The first page loads the classes of its own code only (web/app.css). What loads later and is left out
// there must come with all classes, or it would be drawn without its own.
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'

const WEB = join(import.meta.dirname, '../web')
const ALL_CLASSES = 'all-classes.css'

const files = globSync('**/*.{ts,tsx}', { cwd: WEB, exclude: ['**/*.test.*', 'testing/**'] })
const code = new Map(files.map((file) => [file, readFileSync(join(WEB, file), 'utf8')]))

test('what is left out of the styles of the first page comes with all classes', () => {
  const later = filesLaterThanTheFirstPage()
  const bare: string[] = []
  for (const file of files.filter((name) => !later.has(name) && !bringsAll(name))) {
    for (const imported of [...importsOf(file), ...lazyImportsOf(file)]) {
      const isDrawn = later.has(imported) && code.get(imported)?.includes('className')
      if (isDrawn && !bringsAll(imported)) bare.push(`${imported} in ${file}`)
    }
  }

  expect(later).toContain('receipt/receipt-dialog.tsx')
  expect(later).not.toContain('settings/model-picker.tsx')
  expect(bringsAll('receipt/receipt-dialog.tsx')).toBe(true)
  expect(bringsAll('transcript/transcript.tsx')).toBe(false)
  expect(bare).toEqual([])
})

function filesLaterThanTheFirstPage(): Set<string> {
  const css = readFileSync(join(WEB, 'app.css'), 'utf8')
  const later = new Set<string>()
  for (const [, not, pattern = ''] of css.matchAll(/@source (not )?'\.\/([^']+)'/g)) {
    for (const file of globSync(pattern, { cwd: WEB })) {
      if (not === undefined) later.delete(file)
      else if (code.has(file)) later.add(file)
    }
  }
  return later
}

function bringsAll(file: string, seen = new Set<string>()): boolean {
  if (file === ALL_CLASSES) return true
  if (seen.has(file)) return false
  seen.add(file)
  return importsOf(file).some((imported) => bringsAll(imported, seen))
}

function importsOf(file: string): string[] {
  const text = code.get(file)?.replace(/^import type [^']*'.*'/gm, '') ?? ''
  return pathsIn(file, text, /(?:from|^import) '(\.[^']+)'/gm)
}

function lazyImportsOf(file: string): string[] {
  return pathsIn(file, code.get(file) ?? '', /import\('(\.[^']+)'\)/g)
}

function pathsIn(file: string, text: string, pattern: RegExp): string[] {
  return Array.from(text.matchAll(pattern), ([, path = '']) =>
    relative(WEB, join(WEB, dirname(file), path)),
  )
}
