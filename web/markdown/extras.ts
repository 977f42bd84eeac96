import './extras.css'
import type { Code, MathBlock, Plain, Table } from './blocks.ts'
import { CodeView } from './code-view.ts'
import type { DocumentContext } from './document-context.ts'
import { drawMath } from './math-view.ts'
import { drawPlain } from './plain-view.ts'
import { drawTable } from './table-view.ts'
import { component, type VNode } from './vdom.ts'

export { nextAutolink } from './autolinks.ts'
export { namedCharacter } from './named-characters.ts'
export { findBackslashed, findDollars, isBracketFormula } from './find-formula.ts'
export { drawFormula } from './formula.ts'
export { drawImage } from './image-view.ts'
export { drawTableBeginning } from './table-view.ts'

export function drawExtra(
  block: Code | MathBlock | Plain | Table,
  context: DocumentContext,
): VNode {
  switch (block.kind) {
    case 'code':
      return component(CodeView, block)
    case 'table':
      return drawTable(block, context)
    case 'math':
      return drawMath(block)
    case 'plain':
      return drawPlain(block, context)
  }
}
