import { type DocumentContext, NO_LINKS } from './document-context.ts'
import { type Inline, textOf } from './inline.ts'
import { parseInline } from './inline-parser.ts'
import { loadedExtras } from './lazy-extras.ts'
import { drawLink } from './link-view.ts'
import type { Definitions } from './links.ts'
import { component, h, type Host, list, type VNode } from './vdom.ts'

/** Deeper than this, marks only repeat themselves. */
const MAX_DEPTH = 40

interface LinkedTextProps {
  text: string
  /** More of it may come. */
  arriving: boolean
  context: DocumentContext
}

export function drawText(text: string, arriving: boolean, context: DocumentContext): VNode[] {
  // Only brackets can refer to a definition elsewhere in the document.
  if (text.includes('[')) return [component(LinkedText, { text, arriving, context })]
  return drawAll(parseInline(text, arriving, { links: NO_LINKS, notes: null }), 0, false)
}

/** Draws itself again when the definitions that it may refer to are known. */
class LinkedText {
  readonly #host: Host
  #drawn: Definitions = { links: NO_LINKS, notes: null }
  #forget: (() => void) | null = null

  constructor(host: Host) {
    this.#host = host
  }

  render({ text, arriving, context }: LinkedTextProps): VNode {
    const known = () => definitionsFor(text, context)
    this.#drawn = known()
    this.#forget?.()
    this.#forget = context.onDefinitions(() => {
      const { links, notes } = known()
      if (links !== this.#drawn.links || notes !== this.#drawn.notes) this.#host.redraw()
    })
    return list(drawAll(parseInline(text, arriving, this.#drawn), 0, false))
  }

  removed(): void {
    this.#forget?.()
  }
}

function definitionsFor(text: string, { links, notes }: DocumentContext): Definitions {
  return { links, notes: text.includes('[^') ? notes : null }
}

function drawAll(nodes: readonly Inline[], depth: number, inLink: boolean): VNode[] {
  if (depth > MAX_DEPTH) return [textOf(nodes)]
  return nodes.map((node) => (typeof node === 'string' ? node : draw(node, depth + 1, inLink)))
}

function draw(node: Exclude<Inline, string>, depth: number, inLink: boolean): VNode {
  switch (node.kind) {
    case 'strong':
    case 'em':
    case 'del':
      return h(node.kind, null, drawAll(node.children, depth, inLink))
    case 'code':
      return h('code', null, [node.text])
    case 'break':
      return h('br', null)
    case 'note':
      return h('sup', null, [node.label])
    case 'formula':
      return loadedExtras()?.drawFormula(node) ?? node.tex
    case 'image':
      return (inLink ? null : loadedExtras()?.drawImage(node)) ?? node.alt
    case 'link':
      return drawLink(node, drawAll(node.children, depth, true))
  }
}
