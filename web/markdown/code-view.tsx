import { useEffect, useState } from 'react'
import type { Code } from './blocks.ts'
import { CopyButton } from './copy-button.tsx'
import { whenIdle } from './idle.ts'
import { LineGroups } from './line-groups.tsx'
import type { Stroke } from './paint.ts'
import { scrollBox } from './scroll-box.ts'
import { type Paint, usePaint } from './use-paint.ts'

/** Longer code keeps the colours that its lines have by themselves. */
const LONGEST_WHOLE = 40_000

export function CodeView({ code, version }: { code: Code; version: number }) {
  const { language, open } = code
  const lines = shownLines(code)
  const paint = usePaint(language !== '')
  // A block that grows is coloured line by line, one that was here before all at once when idle.
  const [grew] = useState(open)
  const painted = useWholePaint(code, paint)
  const name = language === '' ? 'Code' : `Code: ${language}`
  return (
    <figure className="md-code">
      <figcaption>
        <span className="md-language">{language}</span>
        <CopyButton label="Copy code" text={() => lines.join('').replace(/\n$/, '')} />
      </figcaption>
      <pre {...scrollBox(name)}>
        <code>
          <LineGroups
            lines={lines}
            version={version}
            language={language}
            paint={grew ? paint : null}
            painted={painted}
          />
        </code>
      </pre>
    </figure>
  )
}

/** Blank lines behind indented code are no part of it. */
function shownLines({ lines, fence }: Code): readonly string[] {
  if (fence !== null) return lines
  return lines.slice(0, lines.findLastIndex((line) => line.trim() !== '') + 1)
}

/** The colours of a finished block, read as a whole: a string or comment may span its lines. */
function useWholePaint({ lines, language, open }: Code, paint: Paint | null) {
  const [painted, setPainted] = useState<ReadonlyMap<number, Stroke[]> | null>(null)
  useEffect(() => {
    if (open || paint === null) return
    return whenIdle(() => {
      const source = lines.join('')
      if (source.length > LONGEST_WHOLE) return
      setPainted(new Map(paint(source, language)?.entries()))
    })
  }, [lines, language, open, paint])
  return painted
}
