// The colours of a finished block of code, read as a whole: a string or a comment may span its
// lines. Found when nothing else is to do.
import { useEffect, useState } from 'react'
import type { Code } from './blocks.ts'
import { whenIdle } from './idle.ts'
import type { HighlightToken } from './highlight.ts'
import type { Highlight } from './use-highlight.ts'

/** Longer code keeps the colours that its lines have by themselves. */
const MAX_HIGHLIGHTED_CHARS = 40_000

export type Painted = ReadonlyMap<number, HighlightToken[]>

/** `byLine`: each line was coloured by itself already, so only those that differ are answered. */
export function useWholeHighlight(
  code: Code,
  highlight: Highlight | null,
  byLine: boolean,
): Painted | null {
  const [highlighted, setPainted] = useState<Painted | null>(null)
  const { open } = code
  useEffect(() => {
    if (open || highlight === null) return
    return whenIdle(() => setPainted(highlightWhole(code, highlight, byLine)))
  }, [code, open, highlight, byLine])
  return highlighted
}

function highlightWhole({ lines, language }: Code, highlight: Highlight, byLine: boolean): Painted {
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
