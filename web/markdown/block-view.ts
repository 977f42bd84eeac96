// One block as it stands on the page.
import type { Block, Heading, Item, List, Paragraph } from './blocks.ts'
import { directionOf } from './direction.ts'
import type { DocumentContext } from './document-context.ts'
import { drawText } from './draw-text.ts'
import { grouped } from './grouped.ts'
import { loadedExtras } from './lazy-extras.ts'
import { ListSection, Section } from './sections.ts'
import { component, h, list, type VNode } from './vdom.ts'

/** The approximate length of a line on the screen. */
export const LINE_CHARS = 80

export const Blocks = grouped<Block, null>({
  view: drawBlock,
  size: 16,
  Group: Section,
  lengthOf,
  heightOf: (block) => (loadedExtras()?.heightOf(block) ?? 0) + 14,
  // The space under these is shared with what comes next.
  keepsNext: ({ kind }) => kind === 'heading' || kind === 'rule',
})
// Longer lists are drawn as several, each of which goes on counting.
const Items = grouped<Item, List>({
  view: drawItem,
  size: 50,
  Group: ListSection,
  lengthOf: ({ children: [first] }) => (first === undefined ? 0 : lengthOf(first)),
  heightOf: ({ children: [first] }) => (loadedExtras()?.heightOf(first) ?? 0) + 5,
})

export function drawBlocks(
  parts: readonly Block[],
  tight: boolean,
  context: DocumentContext,
): VNode {
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
    case 'footnote':
      return loadedExtras()?.drawExtra(block, context) ?? null
    case 'rule':
      return h('hr', null)
  }
}

/** A line takes its room however short it is. */
function lengthOf(block: Block): number {
  if (block.kind === 'paragraph') return Math.max(block.text.length, LINE_CHARS * block.lineCount)
  return block.kind === 'heading' ? block.text.length : 0
}

function drawParagraph(paragraph: Paragraph, tight: boolean, context: DocumentContext): VNode {
  const { open, continued } = paragraph
  const extras = loadedExtras()
  const mayDefine = open && !continued && extras !== null
  const text = mayDefine ? extras.withoutDefinitions(paragraph.text) : paragraph.text
  if (text === '') return null
  const table = open && extras?.drawTableBeginning(text, context)
  if (table) return table
  const content = drawText(text, open, context)
  if (tight && !continued) return list(content)
  return h('p', continued ? { class: 'md-continued' } : null, content)
}

function drawHeading({ level, text, open }: Heading, context: DocumentContext): VNode {
  return h(`h${level}`, null, drawText(text, open, context))
}

function drawItem({ task, children }: Item, tight: boolean, context: DocumentContext): VNode {
  return h('li', task === null ? null : { class: 'md-task' }, [
    task === null ? null : (loadedExtras()?.drawBox(task) ?? null),
    drawBlocks(children, tight, context),
  ])
}
