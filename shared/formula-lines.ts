// Formulas on lines of their own: how they begin, and what is none of their lines.
import { isBracketFormula } from './find-formula.ts'

interface MathStart {
  end: '$$' | '\\]'
  /** It ends in the same line. */
  closed: boolean
  text: string
}

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
