// Brings a box of the page in step with descriptions of what is to stand in it.
import type { Drawn } from './drawn-text.ts'
import { type Page, redrawn } from './drawn.ts'
import type { Component, VNode } from './vdom.ts'

export class DrawnPage implements Page {
  readonly #box: HTMLElement
  readonly #onError: (error: unknown) => void
  readonly #told = new Set<Component>()
  #content: Drawn | undefined

  constructor(box: HTMLElement, onError: (error: unknown) => void) {
    this.#box = box
    this.#onError = onError
  }

  draw(content: VNode): void {
    this.change(() => {
      this.#content = redrawn(this.#content, content, this.#box, null, this)
    })
  }

  change(draw: () => void): void {
    try {
      draw()
      for (const component of this.#told) component.drawn?.()
      this.#told.clear()
    } catch (error) {
      this.#onError(error)
    }
  }

  tell(component: Component): void {
    this.#told.add(component)
  }

  remove(): void {
    this.#content?.leave()
    this.#content = undefined
    this.#told.clear()
    this.#box.replaceChildren()
  }
}
