import { type DocumentContext, NO_LINKS } from './document-context.ts'
import { type Inline, textOf } from './inline.ts'
import { parseInline } from './inline-parser.ts'
import { loadedExtras } from './lazy-extras.ts'
import { h, type VNode } from './vdom.ts'

/** Deeper than this, marks only repeat themselves. */
const MAX_DEPTH = 40

export function drawText(text: string, arriving: boolean, context: DocumentContext): VNode[] {
  // Only brackets can refer to a definition elsewhere in the document.
  const linked = text.includes('[') && loadedExtras()?.drawLinked({ text, arriving, context })
  if (linked) return [linked]
  return drawInline(parseInline(text, arriving, { links: NO_LINKS, notes: null }))
}

export function drawInline(nodes: readonly Inline[], depth = 0, inLink = false): VNode[] {
  if (depth > MAX_DEPTH) return [textOf(nodes)]
  return nodes.map((node) => (typeof node === 'string' ? node : draw(node, depth + 1, inLink)))
}

function draw(node: Exclude<Inline, string>, depth: number, inLink: boolean): VNode {
  switch (node.kind) {
    case 'strong':
    case 'em':
    case 'del':
      return h(node.kind, null, drawInline(node.children, depth, inLink))
    case 'code':
      return h('code', null, [node.text])
    case 'break':
      return h('br', null)
    case 'note':
    case 'formula':
    case 'image':
    case 'link':
      return loadedExtras()?.drawExtraInline(node, depth, inLink) ?? null
  }
}
