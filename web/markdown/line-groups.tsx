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
  const groups = Math.max(1, Math.ceil(props.lines.length / GROUP))
  return Array.from({ length: groups }, (_, group) => (
    // Only the last group grows.
    <LineGroup
      key={group}
      {...props}
      start={group * GROUP}
      version={group === groups - 1 ? props.version : 0}
    />
  ))
}

const LineGroup = memo(function LineGroup(props: LineGroupsProps & { start: number }) {
  const { lines, start, language = '', paint, painted } = props
  return (
    <span className="md-lines">
      {lines.slice(start, start + GROUP).map((line, index) => (
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
  // An unfinished line has its colours when it is finished: half a word would have another one.
  const whole = line.endsWith('\n')
  const drawn = strokes ?? (whole ? paint?.(line.slice(0, -1), language)?.[0] : undefined)
  return <span className="md-line">{drawn === undefined ? line : [...drawn.map(draw), '\n']}</span>
})

function draw({ text, colour }: Stroke, index: number) {
  if (colour === null) return text
  return (
    <span key={index} className={`md-${colour}`}>
      {text}
    </span>
  )
}
