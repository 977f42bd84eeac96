import type { Block } from './blocks.ts'
import { LINE_CHARS } from './block-view.ts'

const LINE_PX = 26.4

/** Without the space around it. A long one that was taken for a short one would put all spaces out of proportion. */
export function heightOf(block: Block | undefined): number {
  if (block === undefined) return LINE_PX
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
