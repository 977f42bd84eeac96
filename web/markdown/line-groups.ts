// Lines of code or plain text. Each line is a box of its own and each group of lines is laid out
// only while it is near the screen: as one flow, a long block would be laid out again at every
// new word.
import type { HighlightToken } from './highlight.ts'
import type { PlainText } from './plain-text.ts'
import type { Highlight } from './loaded-highlight.ts'
import { h, memo, type VNode } from './vdom.ts'
import { Windowed } from './windowed.ts'

const GROUP = 50
const LINE_PX = 26.4

/** Longer lines are not coloured: they are data, and each would be thousands of elements. */
const MAX_HIGHLIGHTED = 500

interface CodeLinesProps {
  lines: readonly string[]
  language: string
  /** Colours one line by itself. */
  highlight: Highlight | null
  /** Lines whose colours are known from the whole block. */
  highlighted: ReadonlyMap<number, HighlightToken[]> | null
}

export class CodeLines extends Windowed {
  render({ lines, language, highlight, highlighted }: CodeLinesProps): VNode {
    const count = Math.max(1, Math.ceil(lines.length / GROUP))
    const drawOne = (line: string, index: number) => {
      const isHighlighted = line.length <= MAX_HIGHLIGHTED
      const highlightLine = isHighlighted ? highlight : null
      const tokens = isHighlighted ? highlighted?.get(index) : undefined
      return memo([line, language, highlightLine, tokens], () => {
        const text = line.replace(/\n$/, '')
        return drawLine(line, tokens ?? highlightLine?.(text, language)?.[0])
      })
    }
    return this.drawGroups({
      count,
      heightOf: (group) => Math.min(GROUP, lines.length - group * GROUP) * LINE_PX,
      draw: (group) => {
        const start = group * GROUP
        return memo(
          [lines, language, highlight, highlighted, count === 1, mayGrow(group, count)],
          () => {
            const shown = lines.slice(start, start + GROUP)
            const drawn = shown.map((line, index) => drawOne(line, start + index))
            return drawGroup(drawn, shown.length, count === 1)
          },
        )
      },
    })
  }
}

export class PlainLines extends Windowed {
  render(text: PlainText): VNode {
    const count = text.groupCount
    return this.drawGroups({
      count,
      heightOf: (group) => text.heightOf(group) * LINE_PX,
      draw: (group) =>
        memo([text, count === 1, mayGrow(group, count)], () => {
          const drawn = text.linesOf(group).map((line) => drawLine(line, undefined))
          return drawGroup(drawn, Math.ceil(text.heightOf(group)), count === 1)
        }),
    })
  }
}

/** Never the same for the last group: it is drawn again whenever the whole is. */
function mayGrow(group: number, count: number): unknown {
  return group === count - 1 ? {} : null
}

/** `height`: in lines as they are on the screen. */
function drawGroup(lines: readonly VNode[], height: number, isAlone: boolean): VNode {
  if (isAlone) return h('span', { class: 'md-lines' }, lines)
  const style = `contain-intrinsic-size: auto ${height}lh`
  return h('span', { class: 'md-lines md-far', style }, lines)
}

function drawLine(line: string, tokens: readonly HighlightToken[] | undefined): VNode {
  if (tokens === undefined) return h('span', { class: 'md-line' }, [line])
  const drawn: VNode[] = tokens.map(({ text, colour }) =>
    colour === null ? text : h('span', { class: `md-${colour}` }, [text]),
  )
  if (line.endsWith('\n')) drawn.push('\n')
  return h('span', { class: 'md-line' }, drawn)
}
