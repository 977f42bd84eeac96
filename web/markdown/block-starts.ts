// How a line shows what it begins. Each function reads one line, already without the marks of
// the blocks around it, and answers null when the line begins something else.
import type { Align, Code, Heading, MathBlock } from './blocks.ts'
import { indentOf, type Rest, skipIndent } from './containers.ts'
import { withoutEscapes } from './entities.ts'
import { loadedExtras } from './lazy-extras.ts'

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

export type Fence = NonNullable<Code['fence']>

export function fenceStart(line: string): { language: string; fence: Fence } | null {
  const [, indent, marks, info] = /^( {0,3})(`{3,}(?=[^`]*$)|~{3,})(.*)$/.exec(line) ?? []
  if (indent === undefined || marks === undefined) return null
  return {
    language: withoutEscapes(info?.trim().split(/[\s{]/, 1)[0] ?? ''),
    fence: { mark: marks.charAt(0), length: marks.length, indent: indent.length },
  }
}

export function isFenceEnd(line: string, { mark, length }: Fence): boolean {
  const [, marks] = /^ {0,3}(`+|~+)[ \t]*$/.exec(line) ?? []
  return marks !== undefined && marks.startsWith(mark) && marks.length >= length
}

/** Of an unfinished line. */
export function mayBecomeFenceEnd(line: string, { mark }: Fence): boolean {
  const [, marks] = /^ {0,3}(`+|~+)[ \t]*$/.exec(line) ?? []
  return marks !== undefined && marks.startsWith(mark)
}

type MathStart = Pick<MathBlock, 'end' | 'closed'> & { text: string }

/** A formula on lines of its own; one with words behind it belongs to a paragraph. */
export function mathStart(line: string): MathStart | null {
  const [, mark, rest] = /^ {0,3}(\$\$(?!\$)|\\\[)(.*)$/.exec(line) ?? []
  if (mark === undefined || rest === undefined) return null
  const end = mark === '$$' ? '$$' : '\\]'
  const at = rest.indexOf(end)
  const text = at === -1 ? rest : rest.slice(0, at)
  if (at !== -1 && rest.slice(at + 2).trim() !== '') return null
  const isFormula =
    end === '$$' || (at === -1 ? opensFormula(text) : loadedExtras()?.isBracketFormula(text))
  return isFormula ? { end, closed: at !== -1, text } : null
}

/** `\\[text](address)` is an escaped bracket and no formula. */
function opensFormula(text: string): boolean {
  return (text.match(/(?<!\\)\]/g)?.length ?? 0) <= (text.match(/(?<!\\)\[/g)?.length ?? 0)
}

/** Of a line behind a blank one in a formula: words or Markdown, and so no part of it. */
export function isProse(line: string): boolean {
  return /^ {0,3}(?:#{1,6} |> |[-*] (?:\*\*|\p{L}{2})|\d+[.)] |```|~~~|\*\*|\p{L}['’\p{Ll}]*[,:]? \p{L}['’\p{Ll}]+|\p{sc=Han})/u.test(
    line,
  )
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

export function taskStart(text: string): { done: boolean; rest: string } | null {
  const [all, mark] = /^\[([ xX])\][ \t]+(?=\S)/.exec(text) ?? []
  return all === undefined ? null : { done: mark !== ' ', rest: text.slice(all.length) }
}

/** `text` is that of an unfinished item. */
export function mayBecomeTask(text: string): boolean {
  return /^\[(?:[ xX](?:\][ \t]*)?)?$/.test(text)
}

export function tableCells(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(^|[^\\])\|$/, '$1')
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'))
}

/** The alignment of each column, from the line under a header. */
export function tableColumns(line: string): Align[] | null {
  if (!/^[ \t|:-]+$/.test(line) || !/[|:]/.test(line)) return null
  const cells = tableCells(line)
  return cells.every((cell) => /^:?-+:?$/.test(cell)) ? cells.map(alignOf) : null
}

function alignOf(cell: string): Align {
  if (cell.endsWith(':')) return cell.startsWith(':') ? 'center' : 'right'
  return cell.startsWith(':') ? 'left' : null
}

export function footnoteStart(line: string): { label: string; text: string } | null {
  const [, label, text] = /^ {0,3}\[\^((?:[^[\]\\\s]|\\.)+)\]:[ \t]*(.*)$/.exec(line) ?? []
  return label === undefined || text === undefined ? null : { label, text }
}

/** Whether an unfinished line may still become one of several things: better not to show it yet. */
export function isUndecided(line: string): boolean {
  return /^[\s|:=*_+>~`#$\\-]*$|^ *\d{1,9}[.)]? *$|^ {0,3}\[\^[^\]]*\]?$/.test(line)
}
