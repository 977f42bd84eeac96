// Splits the documentation at its headings. A section knows its page and the headings above it.
import { readdirSync, readFileSync } from 'node:fs'

export interface Section {
  page: string
  heading: string
  /** Markdown without the heading. */
  text: string
}

export function readPages(folder: URL): Section[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .toSorted()
    .flatMap((name) => cutAtHeadings(readFileSync(new URL(name, folder), 'utf8')))
}

export function cutAtHeadings(markdown: string): Section[] {
  const sections: Section[] = []
  let page = ''
  let inCode = false
  for (const line of markdown.split('\n')) {
    if (line.startsWith('```')) inCode = !inCode
    const heading = inCode ? null : /^#{1,3} (.+)$/.exec(line)?.[1]
    if (heading === null || heading === undefined) {
      const last = sections.at(-1)
      if (last !== undefined) last.text += `${line}\n`
      continue
    }
    if (line.startsWith('# ')) page = heading
    sections.push({ page, heading, text: '' })
  }
  return sections
    .map((section) => ({ ...section, text: section.text.trim() }))
    .filter(({ text }) => text !== '')
}
