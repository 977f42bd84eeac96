// Quotes, list items and footnotes: what the next line must begin with to stay inside them.
import type { Container } from './blocks.ts'

/** The rest of a line, with its tabs, and the column at which it begins. */
export interface Rest {
  text: string
  column: number
}

interface Line {
  /** The line without the marks of the containers it stays in. */
  rest: Rest
  /** How many of the open containers it stays in. */
  depth: number
}

/** The indentation, in columns, of what belongs to a footnote. */
const FOOTNOTE_INDENT = 4

export function stayIn(path: readonly Container[], line: string): Line {
  let rest: Rest = { text: line, column: 0 }
  let depth = 1
  for (const container of path.slice(1)) {
    const inside = inner(container, rest)
    if (inside === null) break
    rest = inside
    depth += 1
  }
  return { rest, depth }
}

function inner(container: Container, rest: Rest): Rest | null {
  switch (container.kind) {
    case 'root':
    case 'list':
      return rest
    case 'quote':
      return withoutQuoteMark(rest)
    case 'item':
      return withoutIndent(rest, container.indent, container.children.length > 0)
    case 'footnote':
      return withoutIndent(rest, FOOTNOTE_INDENT, true)
  }
}

export function withoutQuoteMark(rest: Rest): Rest | null {
  const indent = indentOf(rest)
  if (indent > 3) return null
  const { text, column } = skipIndent(rest, indent)
  return text.startsWith('>') ? skipIndent({ text: text.slice(1), column: column + 1 }, 1) : null
}

function withoutIndent(rest: Rest, indent: number, staysWhenBlank: boolean): Rest | null {
  if (rest.text.trim() === '') return staysWhenBlank ? skipIndent(rest, indent) : null
  return indentOf(rest) >= indent ? skipIndent(rest, indent) : null
}

/** In columns: a tab reaches to the next multiple of four. */
export function indentOf({ text, column }: Rest): number {
  let end = column
  for (let at = 0; ; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 32) end += 1
    else if (code === 9) end += 4 - (end % 4)
    else return end - column
  }
}

/** Takes away so many columns of indentation; what is left of a tab is spaces. */
export function skipIndent({ text, column }: Rest, columns: number): Rest {
  const goal = column + columns
  let end = column
  let at = 0
  for (; end < goal; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 32) end += 1
    else if (code === 9) end += 4 - (end % 4)
    else return { text: text.slice(at), column: end }
  }
  return { text: ' '.repeat(end - goal) + text.slice(at), column: goal }
}

/** The text with its leading tabs as the spaces they stand for. */
export function spaced(rest: Rest): string {
  if (!/^ *\t/.test(rest.text)) return rest.text
  const indent = indentOf(rest)
  return ' '.repeat(indent) + skipIndent(rest, indent).text
}
