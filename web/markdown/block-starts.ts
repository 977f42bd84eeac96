// How a line shows what it begins. Each function reads one line, already without the marks of
// the blocks around it, and answers null when the line begins something else.
import type { Heading } from './blocks.ts'
import { indentOf, type Rest, skipIndent } from './containers.ts'

/** Nothing but a paragraph begins with a letter: most lines need no second look. */
export function isWord(line: string): boolean {
  const code = line.charCodeAt(0) | 32
  return (code >= 97 && code <= 122) || code >= 128
}

const levels = [1, 2, 3, 4, 5, 6] as const

export function headingStart(line: string): Pick<Heading, 'level' | 'text'> | null {
  const [, marks, rest] = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/.exec(line) ?? []
  const level = levels[(marks?.length ?? 0) - 1]
  if (level === undefined) return null
  return { level, text: (rest ?? '').trimEnd().replace(/(?:^|[ \t]+)#+$/, '') }
}

/** The level that a line of `=` or `-` gives to the paragraph above it. */
export function underline(line: string): 1 | 2 | null {
  const [, marks] = /^ {0,3}(=+|-+)[ \t]*$/.exec(line) ?? []
  if (marks === undefined) return null
  return marks.startsWith('=') ? 1 : 2
}

export function isRule(line: string): boolean {
  return /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/.test(line)
}

export interface ItemStart {
  mark: string
  start: number | null
  /** How many columns the mark and the space after it take. */
  width: number
  rest: Rest
}

export function itemStart(line: Rest): ItemStart | null {
  const indent = indentOf(line)
  const { text, column } = skipIndent(line, indent)
  const [marks, digits] = /^(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|$)/.exec(text) ?? []
  if (indent > 3 || marks === undefined) return null
  const rest = { text: text.slice(marks.length), column: column + marks.length }
  const spaces = indentOf(rest)
  const padding = rest.text.trim() === '' || spaces > 4 ? 1 : spaces
  return {
    mark: marks.slice(-1),
    start: digits === undefined ? null : Number(digits),
    width: indent + marks.length + padding,
    rest: skipIndent(rest, padding),
  }
}

/** Inside a paragraph, only a list that begins at 1 and says something. */
export function mayInterrupt({ start, rest }: ItemStart): boolean {
  return (start ?? 1) === 1 && rest.text.trim() !== ''
}

/** Whether an unfinished line may still become one of several things: better not to show it yet. */
export function isUndecided(line: string): boolean {
  return /^[\s|:=*_+>~`#$\\-]*$|^ *\d{1,9}[.)]? *$|^ {0,3}\[\^[^\]]*\]?$/.test(line)
}
