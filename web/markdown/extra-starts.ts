// How a line shows that it begins what most texts do without (block-starts.ts has the rest).
import type { Align, Code } from './blocks.ts'
import { withoutEscapes } from './entities.ts'

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
