// The modules that draw the first page. Its style sheet (web/app.css) has their classes only.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { Plugin } from 'vite'

const WEB = join(import.meta.dirname, '../web')

/** The page, and the parts that load beside it or right after it: `lazyPart` with `onFirstPage`. */
export const FIRST_PAGE_ENTRIES = [
  'main.tsx',
  'chat/welcome.tsx',
  'chat/conversation-status.tsx',
  'chat/conversation-thread.tsx',
  'transcript/answer-footer.tsx',
  'transcript/tool-calls.tsx',
  'transcript/user-footer.tsx',
]

export const STATIC_IMPORT = /(?:^import|from) '(\.[^']+\.tsx?)'/gm

/** Returns the paths in web/ of the modules that are imported without waiting. */
export function firstPageFiles(): string[] {
  const found = new Set<string>()
  const visit = (file: string) => {
    if (found.has(file) || !existsSync(join(WEB, file))) return
    found.add(file)
    const text = readFileSync(join(WEB, file), 'utf8').replace(/^import type .*/gm, '')
    for (const [, path = ''] of text.matchAll(STATIC_IMPORT)) {
      visit(relative(WEB, join(WEB, dirname(file), path)))
    }
  }
  FIRST_PAGE_ENTRIES.forEach(visit)
  return [...found]
}

/** Tells Tailwind in app.css where to look for classes. */
export function firstPageClasses(): Plugin {
  return {
    name: 'first-page-classes',
    enforce: 'pre',
    transform: {
      filter: { id: /\/web\/app\.css$/ },
      handler: (css) => css.replace("'first-page'", `'./{${firstPageFiles().join()}}'`),
    },
  }
}
