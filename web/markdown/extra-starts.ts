// How a line shows that it begins what most texts do without (block-starts.ts has the rest).
import type { Align, Code, MathBlock } from './blocks.ts'
import { withoutEscapes } from './entities.ts'
import { isBracketFormula } from './find-formula.ts'

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
  const isFormula = end === '$$' || (at === -1 ? opensFormula(text) : isBracketFormula(text))
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
