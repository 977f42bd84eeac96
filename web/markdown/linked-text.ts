import { type DocumentContext, NO_LINKS } from './document-context.ts'
import { drawInline } from './draw-text.ts'
import { parseInline } from './inline-parser.ts'
import type { Definitions } from './links.ts'
import { type Host, list, type VNode } from './vdom.ts'

export interface LinkedTextProps {
  text: string
  /** More of it may come. */
  arriving: boolean
  context: DocumentContext
}

/** Draws itself again when the definitions that it may refer to are known. */
export class LinkedText {
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
    return list(drawInline(parseInline(text, arriving, this.#drawn)))
  }

  removed(): void {
    this.#forget?.()
  }
}

function definitionsFor(text: string, { links, notes }: DocumentContext): Definitions {
  return { links, notes: text.includes('[^') ? notes : null }
}
