// "Show me a table": the pieces of Markdown that are asked for, or all of them.
import { readFileSync } from 'node:fs'
import { cutAtHeadings, type Section } from '../../documentation/sections.ts'

const FILE = new URL('./showcase/markdown.md', import.meta.url)

const WANTED: [RegExp, string][] = [
  [/\btables?\b/i, 'Table'],
  [/\bcode\b|\bsnippet\b|\bsyntax\b|\bhighlight/i, 'Code'],
  [/\bmaths?\b|\bformulas?\b|\bequations?\b|\blatex\b|\bkatex\b/i, 'Formulas'],
  [/\b(?:lists?|checklist|bullets?)\b/i, 'Lists'],
  [/\bquot(?:e|ation)s?\b|\bbold\b|\bitalics?\b/i, 'Text'],
]
const ASKED = /\b(show|give|write|render|display|demo|example|sample|can you|test)\b/i

let sections: Section[] | undefined

/** Returns null if the question is about something else. */
export function showcase(question: string): string | null {
  const everything = /\bmarkdown\b/i.test(question)
  if (question.length > 200 || !(ASKED.test(question) || /^\W*markdown\W*$/i.test(question))) {
    return null
  }
  const headings = WANTED.filter(([asked]) => asked.test(question)).map(([, heading]) => heading)
  if (headings.length === 0 && !everything) return null
  sections ??= cutAtHeadings(readFileSync(FILE, 'utf8'))
  const chosen = sections.filter(
    ({ heading }) => headings.length === 0 || headings.includes(heading),
  )
  const body = chosen.map(({ heading, text }) => `### ${heading}\n\n${text}`).join('\n\n')
  return `${headings.length === 0 ? INTRODUCTION : ''}${body}\n\n${CLOSING}`
}

const INTRODUCTION = 'Here is what an answer can look like, drawn while it streams.\n\n'
const CLOSING =
  'Code and tables can be copied, wide tables scroll, and raw HTML or images from elsewhere are never loaded by themselves.'
