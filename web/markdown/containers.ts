// Quotes and list items: what the next line must begin with to stay inside them.
import type { Container, Item } from './blocks.ts'

export interface Line {
  /** The line without the marks of the containers it stays in; its leading tabs are spaces. */
  rest: string
  /** How many of the open containers it stays in. */
  depth: number
}

export function stayIn(path: readonly Container[], line: string): Line {
  let rest = spaced(line)
  let depth = 1
  for (const container of path.slice(1)) {
    const inside = inner(container, rest)
    if (inside === null) break
    rest = spaced(inside)
    depth += 1
  }
  return { rest, depth }
}

function inner(container: Container, line: string): string | null {
  switch (container.kind) {
    case 'root':
    case 'list':
      return line
    case 'quote':
      return withoutQuoteMark(line)
    case 'item':
      return withoutIndent(container, line)
  }
}

export function withoutQuoteMark(line: string): string | null {
  const [mark] = /^ {0,3}>/.exec(line) ?? []
  if (mark === undefined) return null
  const rest = spaced(line.slice(mark.length), mark.length)
  return rest.startsWith(' ') ? rest.slice(1) : rest
}

function withoutIndent(item: Item, line: string): string | null {
  if (line.trim() === '') return item.children.length > 0 ? '' : null
  return indentOf(line) >= item.indent ? line.slice(item.indent) : null
}

export function indentOf(line: string): number {
  let indent = 0
  while (line.charCodeAt(indent) === 32) indent += 1
  return indent
}

/** Leading tabs as the spaces they stand for in a line that begins at `column`. */
export function spaced(line: string, column = 0): string {
  const [lead] = /^[ \t]*\t[ \t]*/.exec(line) ?? []
  if (lead === undefined) return line
  let end = column
  for (const character of lead) end += character === '\t' ? 4 - (end % 4) : 1
  return ' '.repeat(end - column) + line.slice(lead.length)
}
