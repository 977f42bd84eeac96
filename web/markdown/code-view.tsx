import { useState } from 'react'
import type { Code } from './blocks.ts'
import { CopyButton } from './copy-button.tsx'
import { CodeLines } from './line-groups.tsx'
import { scrollBox } from './scroll-box.ts'
import { useHighlight } from './use-highlight.ts'
import { useWholeHighlight } from './use-whole-highlight.ts'

export function CodeView({ code, version }: { code: Code; version: number }) {
  const { language, open } = code
  const lines = shownLines(code)
  const highlight = useHighlight(language !== '')
  // A block that grows is coloured line by line, one that was here before all at once when idle.
  const [grew] = useState(open)
  const highlighted = useWholeHighlight(code, highlight, grew)
  const name = language === '' ? 'Code' : `Code: ${language}`
  return (
    <figure className="md-code" dir="ltr">
      <figcaption>
        <span className="md-language">{language}</span>
        <CopyButton label="Copy code" text={() => lines.join('').replace(/\n$/, '')} />
      </figcaption>
      <pre {...scrollBox(name)}>
        <code>
          <CodeLines
            lines={lines}
            version={version}
            language={language}
            highlight={grew ? highlight : null}
            highlighted={highlighted}
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
