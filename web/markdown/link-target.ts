// The part of a link behind its text: `(address "title")`.
import { withoutEscapes } from './entities.ts'

/** Where the target ends, and its address; `arriving` when the text ends before the target does. */
export type Target = { address: string; end: number } | 'arriving' | null

export function linkTarget(text: string, start: number): Target {
  if (text.charAt(start) !== '(') return null
  const from = skipSpace(text, start + 1)
  const address = text.charAt(from) === '<' ? angled(text, from) : bare(text, from)
  if (address === null || address === 'arriving') return address
  const afterAddress = skipSpace(text, address.end)
  const title = afterAddress > address.end ? skipTitle(text, afterAddress) : afterAddress
  if (title === null) return null
  const end = skipSpace(text, title)
  if (end >= text.length) return 'arriving'
  return text.charAt(end) === ')' ? { address: address.address, end: end + 1 } : null
}

function angled(text: string, start: number): Target {
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
const DEEPEST = 32

function bare(text: string, start: number): Target {
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (character === '\\') at += 1
    else if (character === '(') {
      depth += 1
      if (depth > DEEPEST) return null
    } else if (/\s/.test(character) || (character === ')' && depth === 0)) {
      return depth > 0 ? null : { address: withoutEscapes(text.slice(start, at)), end: at }
    } else if (character === ')') depth -= 1
  }
  return 'arriving'
}

const titleEnds = new Map([
  ['"', '"'],
  ["'", "'"],
  ['(', ')'],
])

/** Where the title ends; the end of the text when it is still arriving. */
function skipTitle(text: string, start: number): number | null {
  const last = titleEnds.get(text.charAt(start))
  if (last === undefined)
    return /[)]/.test(text.charAt(start)) || start >= text.length ? start : null
  for (let at = start + 1; at < text.length; at += 1) {
    if (text.charAt(at) === '\\') at += 1
    else if (text.charAt(at) === last) return at + 1
  }
  return text.length
}

function skipSpace(text: string, start: number): number {
  let at = start
  while (/[ \t\n]/.test(text.charAt(at))) at += 1
  return at
}
