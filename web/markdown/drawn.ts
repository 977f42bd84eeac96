// Draws descriptions, and takes each newer one by changing what differs.
import { setAttributes } from './attributes.ts'
import { type Drawn, DrawnText, NOTHING } from './drawn-text.ts'
import type { Component, Key, VComponent, VElement, VMemo, VNode } from './vdom.ts'

/** Where something is drawn. */
export interface Page {
  /** Draws what is new in a component, by itself. */
  change: (draw: () => void) => void
  /** Its nodes are on the page once everything is drawn. */
  tell: (component: Component) => void
}

/** `before` is the node that comes after; null at the end. */
export function redrawn(
  drawn: Drawn | undefined,
  next: VNode,
  parent: Node,
  before: Node | null,
  page: Page,
): Drawn {
  if (drawn?.patch(next, parent, before) === true) return drawn
  const made = make(next, parent, before, page)
  drawn?.remove()
  return made
}

function make(next: VNode, parent: Node, before: Node | null, page: Page): Drawn {
  if (next === null) return NOTHING
  if (typeof next === 'string') return new DrawnText(next, parent, before)
  switch (next.kind) {
    case 'element':
      return new DrawnElement(next, parent, before, page)
    case 'list': {
      const drawn = new DrawnList(page)
      drawn.take(next.children, next.keys, parent, before)
      return drawn
    }
    case 'memo':
      return new DrawnMemo(next, parent, before, page)
    case 'component':
      return new DrawnComponent(next, parent, before, page)
  }
}

class DrawnElement implements Drawn {
  #from: VElement
  readonly #element: HTMLElement
  readonly #children: DrawnList

  constructor(from: VElement, parent: Node, before: Node | null, page: Page) {
    this.#from = from
    this.#element = document.createElement(from.tag)
    setAttributes(this.#element, {}, from.attributes)
    this.#children = new DrawnList(page)
    this.#children.take(from.children, null, this.#element, null)
    parent.insertBefore(this.#element, before)
  }

  patch(next: VNode): boolean {
    if (next === null || typeof next === 'string') return false
    if (next.kind !== 'element' || next.tag !== this.#from.tag) return false
    setAttributes(this.#element, this.#from.attributes, next.attributes)
    this.#children.take(next.children, null, this.#element, null)
    this.#from = next
    return true
  }

  first(): Node {
    return this.#element
  }

  last(): Node {
    return this.#element
  }

  remove(): void {
    this.leave()
    this.#element.remove()
  }

  leave(): void {
    this.#children.leave()
  }
}

class DrawnList implements Drawn {
  readonly #page: Page
  #keys: readonly Key[] | null = null
  #children: Drawn[] = []

  constructor(page: Page) {
    this.#page = page
  }

  patch(next: VNode, parent: Node, before: Node | null): boolean {
    if (next === null || typeof next === 'string' || next.kind !== 'list') return false
    this.take(next.children, next.keys, parent, before)
    return true
  }

  /** From the last to the first, so that what comes after each of them is in its place. */
  take(
    next: readonly VNode[],
    keys: readonly Key[] | null,
    parent: Node,
    before: Node | null,
  ): void {
    const old = this.#children
    const left = keys === null ? null : new Map(this.#keys?.map((key, index) => [key, old[index]]))
    const children: Drawn[] = []
    let after = before
    for (let index = next.length - 1; index >= 0; index -= 1) {
      const key = keys?.[index] ?? index
      const child = left === null ? old[index] : left.get(key)
      left?.delete(key)
      const drawn = redrawn(child, next[index] ?? null, parent, after, this.#page)
      children.push(drawn)
      after = drawn.first() ?? after
    }
    for (const child of left?.values() ?? old.slice(next.length)) child?.remove()
    this.#keys = keys
    this.#children = children.toReversed()
  }

  first(key?: Key): Node | null {
    if (key !== undefined) return this.#children[this.#keys?.indexOf(key) ?? -1]?.first() ?? null
    for (const child of this.#children) {
      const node = child.first()
      if (node !== null) return node
    }
    return null
  }

  last(): Node | null {
    for (let index = this.#children.length - 1; index >= 0; index -= 1) {
      const node = this.#children[index]?.last() ?? null
      if (node !== null) return node
    }
    return null
  }

  remove(): void {
    for (const child of this.#children) child.remove()
  }

  leave(): void {
    for (const child of this.#children) child.leave()
  }
}

/** Draws something else in its place. */
abstract class DrawnHere implements Drawn {
  protected abstract inside: Drawn

  abstract patch(next: VNode, parent: Node, before: Node | null): boolean

  first(key?: Key): Node | null {
    return this.inside.first(key)
  }

  last(): Node | null {
    return this.inside.last()
  }

  remove(): void {
    this.inside.remove()
  }

  leave(): void {
    this.inside.leave()
  }
}

class DrawnMemo extends DrawnHere {
  protected inside: Drawn
  #inputs: readonly unknown[]
  readonly #page: Page

  constructor(from: VMemo, parent: Node, before: Node | null, page: Page) {
    super()
    this.#page = page
    this.#inputs = from.inputs
    this.inside = make(from.render(), parent, before, page)
  }

  patch(next: VNode, parent: Node, before: Node | null): boolean {
    if (next === null || typeof next === 'string' || next.kind !== 'memo') return false
    if (next.inputs.every((input, index) => input === this.#inputs[index])) return true
    this.#inputs = next.inputs
    this.inside = redrawn(this.inside, next.render(), parent, before, this.#page)
    return true
  }
}

class DrawnComponent extends DrawnHere {
  protected inside: Drawn
  #from: VComponent
  readonly #component: Component
  readonly #page: Page
  #isRemoved = false

  constructor(from: VComponent, parent: Node, before: Node | null, page: Page) {
    super()
    this.#page = page
    this.#from = from
    this.#component = from.create({
      redraw: () => page.change(() => this.#redraw()),
      firstNode: (key) => this.inside.first(key),
    })
    this.inside = make(from.render(this.#component), parent, before, page)
    page.tell(this.#component)
  }

  patch(next: VNode, parent: Node, before: Node | null): boolean {
    if (next === null || typeof next === 'string' || next.kind !== 'component') return false
    if (next.type !== this.#from.type) return false
    this.#from = next
    this.#render(parent, before)
    return true
  }

  #redraw(): void {
    const last = this.inside.last()
    if (!this.#isRemoved && last?.parentNode) this.#render(last.parentNode, last.nextSibling)
  }

  #render(parent: Node, before: Node | null): void {
    const next = this.#from.render(this.#component)
    this.inside = redrawn(this.inside, next, parent, before, this.#page)
    this.#page.tell(this.#component)
  }

  override remove(): void {
    this.#end()
    super.remove()
  }

  override leave(): void {
    this.#end()
    super.leave()
  }

  #end(): void {
    this.#isRemoved = true
    this.#component.removed?.()
  }
}
