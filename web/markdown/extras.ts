import './extras.css'
import { drawBlocks } from './block-view.ts'
import type { Code, Footnote, MathBlock, Plain, Table } from './blocks.ts'
import { CodeView } from './code-view.ts'
import type { DocumentContext } from './document-context.ts'
import { drawInline } from './draw-text.ts'
import { drawFormula } from './formula.ts'
import { drawImage } from './image-view.ts'
import type { Formula } from '#shared/find-formula.ts'
import type { Image, Link, Note } from './inline.ts'
import { drawLink } from './link-view.ts'
import { LinkedText, type LinkedTextProps } from './linked-text.ts'
import { drawMath } from './math-view.ts'
import { drawPlain } from './plain-view.ts'
import { drawTable } from './table-view.ts'
import { component, h, type VNode } from './vdom.ts'
import { t, tAs } from '#shared/translate.ts'

export { heightOf } from './block-heights.ts'
export { addRow, enterFootnote, openExtra, takePlain, takeRaw } from './extra-blocks.ts'
export { mayBecomeTask, taskStart } from './extra-starts.ts'
export { FullInlineParser } from './full-inline-parser.ts'
export { takeDefinitions, withoutDefinitions } from './link-definitions.ts'
export { drawTableBeginning } from './table-view.ts'
export { Windowed } from './windowed.ts'

export function drawExtra(
  block: Code | Footnote | MathBlock | Plain | Table,
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
    case 'footnote':
      return h('div', { class: 'md-footnote' }, [
        h('sup', null, [block.label]),
        ' ',
        drawBlocks(block.children, false, context),
      ])
  }
}

export function drawExtraInline(
  node: Formula | Image | Link | Note,
  depth: number,
  inLink: boolean,
): VNode {
  switch (node.kind) {
    case 'note':
      return h('sup', null, [node.label])
    case 'formula':
      return drawFormula(node)
    case 'image':
      return inLink ? node.alt : drawImage(node)
    case 'link':
      return drawLink(node, drawInline(node.children, depth, true))
  }
}

export function drawLinked(props: LinkedTextProps): VNode {
  return component(LinkedText, props)
}

/** The box of a task. */
export function drawBox(done: boolean): VNode {
  const label = done ? tAs('a task')`Done` : t`To do`
  return h('input', { type: 'checkbox', disabled: true, 'aria-label': label, checked: done })
}
