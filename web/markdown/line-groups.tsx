// Lines of code or plain text. Each line is a box of its own and each group of lines is laid out
// only while it is near the screen: as one flow, a long block would be laid out again at every
// new word.
import { memo } from 'react'
import type { Stroke } from './paint.ts'
import type { Paint } from './use-paint.ts'

const GROUP = 50

interface LineGroupsProps {
  lines: readonly string[]
  version: number
  language?: string
  /** Colours one line by itself. */
  paint: Paint | null
  /** Lines whose colours are known from the whole block. */
  painted: ReadonlyMap<number, Stroke[]> | null
}

export function LineGroups(props: LineGroupsProps) {
  const { lines, version } = props
  const groups = Math.max(1, Math.ceil(lines.length / GROUP))
  return Array.from({ length: groups }, (_, group) => (
    <LineGroup
      key={group}
      {...props}
      start={group * GROUP}
      alone={groups === 1}
      // Only the last group grows.
      version={group === groups - 1 ? version : 0}
    />
  ))
}

interface LineGroupProps extends LineGroupsProps {
  start: number
  alone: boolean
}

const LineGroup = memo(function LineGroup(props: LineGroupProps) {
  const { lines, start, alone, language = '', paint, painted } = props
  const shown = lines.slice(start, start + GROUP)
  return (
    <span
      className={alone ? 'md-lines' : 'md-lines md-far'}
      style={alone ? undefined : { containIntrinsicSize: `auto ${shown.length}lh` }}
    >
      {shown.map((line, index) => (
        <Line
          key={index}
          line={line}
          language={language}
          paint={paint}
          strokes={painted?.get(start + index)}
        />
      ))}
    </span>
  )
})

interface LineProps {
  line: string
  language: string
  paint: Paint | null
  strokes: Stroke[] | undefined
}

const Line = memo(function Line({ line, language, paint, strokes }: LineProps) {
  const text = line.replace(/\n$/, '')
  const drawn = strokes ?? paint?.(text, language)?.[0]
  if (drawn === undefined) return <span className="md-line">{line}</span>
  return (
    <span className="md-line">
      {drawn.map(draw)}
      {line.slice(text.length)}
    </span>
  )
})

function draw({ text, colour }: Stroke, index: number) {
  if (colour === null) return text
  return (
    <span key={index} className={`md-${colour}`}>
      {text}
    </span>
  )
}
