// Lines of code or plain text. Each line is a box of its own and each group of lines is laid out
// only while it is near the screen: as one flow, a long block would be laid out again at every
// new word.
import { memo, type ReactNode } from 'react'
import type { HighlightToken } from './highlight.ts'
import type { PlainText } from './plain-text.ts'
import type { Highlight } from './use-highlight.ts'
import { useWindowed } from './use-windowed.tsx'

const GROUP = 50
const LINE_PX = 26.4

/** Longer lines are not coloured: they are data, and each would be thousands of elements. */
const MAX_PAINTED = 500

interface CodeLinesProps {
  lines: readonly string[]
  version: number
  language: string
  /** Colours one line by itself. */
  highlight: Highlight | null
  /** Lines whose colours are known from the whole block. */
  highlighted: ReadonlyMap<number, HighlightToken[]> | null
}

export function CodeLines({ lines, version, language, highlight, highlighted }: CodeLinesProps) {
  const count = Math.max(1, Math.ceil(lines.length / GROUP))
  return useWindowed({
    count,
    heightOf: (group) => Math.min(GROUP, lines.length - group * GROUP) * LINE_PX,
    draw: (group) => (
      <CodeGroup
        key={group}
        lines={lines}
        start={group * GROUP}
        alone={count === 1}
        language={language}
        highlight={highlight}
        highlighted={highlighted}
        // Only the last group grows.
        version={group === count - 1 ? version : 0}
      />
    ),
  })
}

interface CodeGroupProps extends CodeLinesProps {
  start: number
  alone: boolean
}

const CodeGroup = memo(function CodeGroup(props: CodeGroupProps) {
  const { lines, start, alone, language, highlight, highlighted } = props
  const shown = lines.slice(start, start + GROUP)
  return (
    <LineGroup alone={alone} lineCount={shown.length}>
      {shown.map((line, index) => {
        const isHighlighted = line.length <= MAX_PAINTED
        return (
          <Line
            key={index}
            line={line}
            language={language}
            highlight={isHighlighted ? highlight : null}
            tokens={isHighlighted ? highlighted?.get(start + index) : undefined}
          />
        )
      })}
    </LineGroup>
  )
})

export function PlainLines({ text, version = 0 }: { text: PlainText; version?: number }) {
  const count = text.groupCount
  return useWindowed({
    count,
    heightOf: (group) => text.heightOf(group) * LINE_PX,
    draw: (group) => (
      <PlainGroup
        key={group}
        text={text}
        group={group}
        alone={count === 1}
        version={group === count - 1 ? version : 0}
      />
    ),
  })
}

interface PlainGroupProps {
  text: PlainText
  group: number
  alone: boolean
  version: number
}

const PlainGroup = memo(function PlainGroup({ text, group, alone }: PlainGroupProps) {
  const lines = text.linesOf(group)
  return (
    <LineGroup alone={alone} lineCount={Math.ceil(text.heightOf(group))}>
      {lines.map((line, index) => (
        <span key={index} className="md-line">
          {line}
        </span>
      ))}
    </LineGroup>
  )
})

interface LineGroupProps {
  alone: boolean
  /** As they are on the screen. */
  lineCount: number
  children: ReactNode
}

function LineGroup({ alone, lineCount, children }: LineGroupProps) {
  return (
    <span
      className={alone ? 'md-lines' : 'md-lines md-far'}
      style={alone ? undefined : { containIntrinsicSize: `auto ${lineCount}lh` }}
    >
      {children}
    </span>
  )
}

interface LineProps {
  line: string
  language: string
  highlight: Highlight | null
  tokens: HighlightToken[] | undefined
}

const Line = memo(function Line({ line, language, highlight, tokens }: LineProps) {
  const text = line.replace(/\n$/, '')
  const drawn = tokens ?? highlight?.(text, language)?.[0]
  if (drawn === undefined) return <span className="md-line">{line}</span>
  return (
    <span className="md-line">
      {drawn.map(draw)}
      {line.slice(text.length)}
    </span>
  )
})

function draw({ text, colour }: HighlightToken, index: number) {
  if (colour === null) return text
  return (
    <span key={index} className={`md-${colour}`}>
      {text}
    </span>
  )
}
