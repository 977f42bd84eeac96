// The part of a link behind its text, `(address "title")`, and what it shares with a definition.
import { withoutEscapes } from './entities.ts'
import type { LinkTarget } from './links.ts'

/** Ends where the part of the text ends that it was read from. */
type Ending<T> = T & { end: number }

/** `arriving` when the text ends before the part does. */
type Part<T> = Ending<T> | 'arriving' | null

export function linkTarget(text: string, start: number): Part<LinkTarget> {
  if (text.charAt(start) !== '(') return null
  const address = readAddress(text, skipSpace(text, start + 1))
  if (address === null || address === 'arriving') return address
  const from = skipSpace(text, address.end)
  const title = from > address.end ? readTitle(text, from) : null
  if (title === 'arriving') return title
  const end = title === null ? from : skipSpace(text, title.end)
  if (end >= text.length) return 'arriving'
  if (text.charAt(end) !== ')') return null
  return { address: address.address, title: title?.title ?? null, end: end + 1 }
}

export function readAddress(text: string, start: number): Part<{ address: string }> {
  return text.charAt(start) === '<' ? angled(text, start) : bare(text, start)
}

function angled(text: string, start: number): Part<{ address: string }> {
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (character === '\n' || character === '<') return null
    if (character === '\\') at += 1
    else if (character === '>') {
      return { address: withoutEscapes(text.slice(start + 1, at)), end: at + 1 }
    }
  }
  return 'arriving'
}

/** Brackets in an address: with more, a text full of opened links would be read over and over. */
const MAX_BRACKETS = 32

function bare(text: string, start: number): Part<{ address: string }> {
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    const character = text.charAt(at)
    if (character === '\\' && text.charCodeAt(at + 1) > 32) at += 1
    else if (character === '(') {
      depth += 1
      if (depth > MAX_BRACKETS) return null
    } else if (code <= 32 || code === 127 || (character === ')' && depth === 0)) {
      return depth > 0 ? null : { address: withoutEscapes(text.slice(start, at)), end: at }
    } else if (character === ')') depth -= 1
  }
  return 'arriving'
}

const titles = new Map([
  ['"', { end: '"', inside: /(?:[^"\\]|\\[^])*/y }],
  ["'", { end: "'", inside: /(?:[^'\\]|\\[^])*/y }],
  ['(', { end: ')', inside: /(?:[^()\\]|\\[^])*/y }],
])

export function readTitle(text: string, start: number): Part<{ title: string }> {
  const mark = titles.get(text.charAt(start))
  if (mark === undefined) return null
  mark.inside.lastIndex = start + 1
  const [title = ''] = mark.inside.exec(text) ?? []
  const end = start + 1 + title.length
  if (text.charAt(end) === mark.end) return { title: withoutEscapes(title), end: end + 1 }
  return mark.end === ')' && text.charAt(end) === '(' ? null : 'arriving'
}

export function skipSpace(text: string, start: number): number {
  let at = start
  while (/[ \t\n]/.test(text.charAt(at))) at += 1
  return at
}
