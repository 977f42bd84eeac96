// Draws the imports of the code, types and lazily loaded parts included: no files and no modules of the
// server import each other in a circle, so each can be read knowing only what stands below it.
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')

/** Parts that contain their own kind: the one that is loaded lazily draws what loaded it. */
const RECURSIVE = new Set([
  // The text in the cell of a table is drawn like any other.
  'web/markdown/lazy-extras.ts web/markdown/extras.ts',
  // A nested run has tool calls of its own.
  'web/transcript/tool-card.tsx web/transcript/tool-details.tsx',
])

const IMPORT = /(?:from|import\()\s*'([.#][^']+)'/g

function readImports(): Map<string, string[]> {
  const files = ['bff', 'shared', 'web'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((path) => posix.join(folder, path.replaceAll('\\', '/')))
      .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|\/testing\//.test(path)),
  )
  const importsOf = (file: string) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(IMPORT)]
      .map(([, path = '']) =>
        path.startsWith('#') ? path.slice(1) : posix.join(posix.dirname(file), path),
      )
      .filter((path) => files.includes(path) && !RECURSIVE.has(`${file} ${path}`))
  return new Map(files.map((file) => [file, importsOf(file)]))
}

/** The imports from which one comes back to where they stand. */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  return [...graph].flatMap(([node, imports]) =>
    imports.filter((each) => reachable(graph, each).has(node)).map((each) => `${node} → ${each}`),
  )
}

function reachable(graph: ReadonlyMap<string, readonly string[]>, start: string): Set<string> {
  const found = new Set([start])
  for (const node of found) for (const next of graph.get(node) ?? []) found.add(next)
  return found
}

const imports = readImports()

test('no files import each other in a circle', () => {
  expect(imports.size).toBeGreaterThan(500)
  expect(circles(imports)).toEqual([])
})

test.each(['bff', 'web'])('no modules of %s import each other in a circle', (folder) => {
  const moduleOf = (file: string) => file.split('/').slice(0, 2).join('/')
  const modules = new Map<string, string[]>()
  for (const [file, paths] of imports) {
    if (!file.startsWith(`${folder}/`)) continue
    const own = moduleOf(file)
    const others = paths.map(moduleOf).filter((other) => other !== own)
    modules.set(own, [...new Set([...(modules.get(own) ?? []), ...others])])
  }
  expect(circles(modules)).toEqual([])
})

test('a circle is found', () => {
  const graph = { a: ['b'], b: ['c'], c: ['b'], d: ['a', 'e'], e: [] }
  expect(circles(new Map(Object.entries(graph)))).toEqual(['b → c', 'c → b'])
})
