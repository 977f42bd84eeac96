import type { Key, VNode } from './vdom.ts'

/** Nodes of the page, with the description they were drawn from. */
export interface Drawn {
  /** Takes a newer description; false when that is of something else. */
  patch: (next: VNode, parent: Node, before: Node | null) => boolean
  /** The first of its nodes; `key`: of the child that has it. */
  first: (key?: Key) => Node | null
  last: () => Node | null
  /** Takes its nodes off the page. */
  remove: () => void
  /** Its nodes go with what they are in. */
  leave: () => void
}

export const NOTHING: Drawn = {
  patch: (next) => next === null,
  first: () => null,
  last: () => null,
  remove: () => {},
  leave: () => {},
}

export class DrawnText implements Drawn {
  #text: string
  readonly #node: Text

  constructor(text: string, parent: Node, before: Node | null) {
    this.#text = text
    this.#node = document.createTextNode(text)
    parent.insertBefore(this.#node, before)
  }

  patch(next: VNode): boolean {
    if (typeof next !== 'string') return false
    if (next === this.#text) return true
    // The selection stays while more text is added.
    if (next.startsWith(this.#text)) this.#node.appendData(next.slice(this.#text.length))
    else this.#node.data = next
    this.#text = next
    return true
  }

  first(): Node {
    return this.#node
  }

  last(): Node {
    return this.#node
  }

  remove(): void {
    this.#node.remove()
  }

  leave(): void {}
}
