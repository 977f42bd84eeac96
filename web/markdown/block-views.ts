import './block-views.css'
import { CodeView } from './code-view.ts'
import type { DocumentContext } from './document-context.ts'
import type { RichBlock } from './lazy-block.ts'
import { drawMath } from './math-view.ts'
import { drawPlain } from './plain-view.ts'
import { drawTable, drawTableBeginning } from './table-view.ts'
import { component, type VNode } from './vdom.ts'

export function drawRichBlock(block: RichBlock, context: DocumentContext): VNode {
  switch (block.kind) {
    case 'code':
      return component(CodeView, block)
    case 'table':
      return drawTable(block, context)
    case 'tableBeginning':
      return drawTableBeginning(block.header, context)
    case 'math':
      return drawMath(block)
    case 'plain':
      return drawPlain(block, context)
  }
}
