// The colours of a finished block of code, read as a whole: a string or a comment may span its lines.
import type { Code } from './blocks.ts'
import type { Highlight } from './loaded-highlight.ts'
import type { HighlightToken } from './highlight.ts'

/** Longer code keeps the colours that its lines have by themselves. */
const MAX_HIGHLIGHTED_CHARS = 40_000

export type Highlighted = ReadonlyMap<number, HighlightToken[]>

/** `byLine`: each line was coloured by itself already, so only those that differ are answered. */
export function highlightWhole(
  { lines, language }: Code,
  highlight: Highlight,
  byLine: boolean,
): Highlighted {
  const source = lines.join('')
  const tokens = source.length > MAX_HIGHLIGHTED_CHARS ? null : highlight(source, language)
  const numbered = tokens?.map((line, index) => [index, line] as const) ?? []
  if (!byLine) return new Map(numbered)
  return new Map(numbered.filter(([index, line]) => differs(lines[index] ?? '', line)))

  function differs(line: string, whole: HighlightToken[]): boolean {
    const own = highlight(line.replace(/\n$/, ''), language)?.[0]
    return JSON.stringify(own) !== JSON.stringify(whole)
  }
}
