// Formulas inside of a text: `$…$`, `$$…$$`, `\(…\)` and `\[…\]`.
import type { Formula } from './inline.ts'

export interface Found {
  formula: Formula
  length: number
}

/** A dollar sign is money unless it hugs its formula and no digit follows. */
const hugging = /(?<![\w$\\])\$(?![\s$])(?:\\.|[^$\n\\])*?[^\s\\]\$(?![\d$])/y
const arrivingOne = /(?<![\w$\\])\$(?=[A-Za-z\\(])[^$\n]*$/y

/** The formula that begins at a dollar sign. */
export function findDollars(text: string, at: number, arriving: boolean): Found | null {
  if (text.startsWith('$$', at)) return between(text, at, { open: '$$', close: '$$', arriving })
  const whole = match(hugging, text, at)
  if (whole !== null) return found(whole.slice(1, -1), false, true, whole.length)
  const half = arriving ? match(arrivingOne, text, at) : null
  return half === null ? null : found(half.slice(1), false, false, half.length)
}

/** The formula that begins at a backslash. */
export function findBackslashed(text: string, at: number, arriving: boolean): Found | null {
  if (text.startsWith('\\(', at)) return between(text, at, { open: '\\(', close: '\\)', arriving })
  if (text.startsWith('\\[', at)) return between(text, at, { open: '\\[', close: '\\]', arriving })
  return null
}

interface Marks {
  open: string
  close: string
  /** Its end may still come. */
  arriving: boolean
}

function between(text: string, at: number, { open, close, arriving }: Marks): Found | null {
  const start = at + open.length
  const end = text.indexOf(close, start)
  if (end === -1 && !arriving) return null
  const tex = text.slice(start, end === -1 ? undefined : end)
  if (tex.trim() === '') return null
  const length = open.length + tex.length + (end === -1 ? 0 : close.length)
  return found(tex, open !== '\\(', end !== -1, length)
}

function found(tex: string, display: boolean, closed: boolean, length: number): Found {
  return { formula: { kind: 'formula', tex: tex.trim(), display, closed }, length }
}

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? null
}
