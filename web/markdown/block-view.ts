// One block as it stands on the page.
import { tableCells } from './block-starts.ts'
import type {
  Block,
  Code,
  Heading,
  Item,
  List,
  MathBlock,
  Paragraph,
  Plain,
  Table,
} from './blocks.ts'
import { directionOf } from './direction.ts'
import type { DocumentContext } from './document-context.ts'
import { drawText } from './draw-text.ts'
import { grouped } from './grouped.ts'
import { loadedExtras } from './lazy-extras.ts'
import { withoutDefinitions } from './link-definitions.ts'
import { ListSection, Section } from './sections.ts'
import { component, h, list, type VNode } from './vdom.ts'

/** The approximate height of a line on the screen. */
const LINE_CHARS = 80
const LINE_PX = 26.4

const MAX_SOURCE_LINES = 50

export const Blocks = grouped<Block, null>({
  view: drawBlock,
  size: 16,
  Group: Section,
  lengthOf,
  heightOf: (block) => heightOf(block) + 14,
  // The space under these is shared with what comes next.
  keepsNext: ({ kind }) => kind === 'heading' || kind === 'rule',
})
// Longer lists are drawn as several, each of which goes on counting.
const Items = grouped<Item, List>({
  view: drawItem,
  size: 50,
  Group: ListSection,
  lengthOf: ({ children: [first] }) => (first === undefined ? 0 : lengthOf(first)),
  heightOf: ({ children: [first] }) => (first === undefined ? 26 : heightOf(first)) + 5,
})

function drawBlocks(parts: readonly Block[], tight: boolean, context: DocumentContext): VNode {
  return component(Blocks, { parts, tight, whole: null, context })
}

function drawBlock(block: Block, tight: boolean, context: DocumentContext): VNode {
  switch (block.kind) {
    case 'paragraph':
      return drawParagraph(block, tight, context)
    case 'heading':
      return drawHeading(block, context)
    case 'list':
      return component(Items, { parts: block.children, tight: !block.loose, whole: block, context })
    case 'quote':
      return h('blockquote', { dir: directionOf(block.children) }, [
        drawBlocks(block.children, false, context),
      ])
    case 'code':
    case 'table':
    case 'math':
    case 'plain':
      return loadedExtras()?.drawExtra(block, context) ?? drawSource(block)
    case 'footnote':
      return h('div', { class: 'md-footnote' }, [
        h('sup', null, [block.label]),
        ' ',
        drawBlocks(block.children, false, context),
      ])
    case 'rule':
      return h('hr', null)
  }
}

/** Without the space around it. A long one that was taken for a short one would put all spaces out of proportion. */
function heightOf(block: Block): number {
  switch (block.kind) {
    case 'list':
      return 31 * block.children.length
    case 'paragraph':
      return LINE_PX * Math.max(block.lineCount, Math.ceil(block.text.length / LINE_CHARS))
    case 'code':
      return 60 + LINE_PX * block.lines.length
    case 'table':
      return 38 * (block.rows.length + 1)
    case 'plain':
      return 60 + LINE_PX * block.content.lineCount
    case 'footnote':
    case 'heading':
    case 'math':
    case 'quote':
    case 'rule':
      return 60
  }
}

/** A line takes its room however short it is. */
function lengthOf(block: Block): number {
  if (block.kind === 'paragraph') return Math.max(block.text.length, LINE_CHARS * block.lineCount)
  return block.kind === 'heading' ? block.text.length : 0
}

function drawParagraph(paragraph: Paragraph, tight: boolean, context: DocumentContext): VNode {
  const { open, continued } = paragraph
  const text = open && !continued ? withoutDefinitions(paragraph.text) : paragraph.text
  if (text === '') return null
  // A first line that begins with a bar is the header of a table whose rest is still to come.
  if (open && text.startsWith('|') && !text.includes('\n')) {
    const drawn = loadedExtras()?.drawTableBeginning(tableCells(text), context)
    if (drawn) return drawn
  }
  const content = drawText(text, open, context)
  if (tight && !continued) return list(content)
  return h('p', continued ? { class: 'md-continued' } : null, content)
}

/** The beginning of a block: all of a long one would hold up the page. */
function drawSource(block: Code | MathBlock | Plain | Table): VNode {
  const source =
    'lines' in block ? block.lines.slice(0, MAX_SOURCE_LINES).join('') : sourceOf(block)
  return h('pre', { class: 'md-source' }, [source])
}

function sourceOf(block: Plain | Table): string {
  if (block.kind === 'plain') return block.content.linesOf(0).join('')
  const rows = block.rows.slice(0, MAX_SOURCE_LINES).map(({ cells }) => cells)
  return [block.header, ...rows].map((cells) => cells.join(' | ')).join('\n')
}

function drawHeading({ level, text, open }: Heading, context: DocumentContext): VNode {
  return h(`h${level}`, null, drawText(text, open, context))
}

function drawItem({ task, children }: Item, tight: boolean, context: DocumentContext): VNode {
  return h('li', task === null ? null : { class: 'md-task' }, [
    task === null ? null : drawBox(task),
    drawBlocks(children, tight, context),
  ])
}

function drawBox(done: boolean): VNode {
  const label = done ? 'Done' : 'To do'
  return h('input', { type: 'checkbox', disabled: true, 'aria-label': label, checked: done })
}
