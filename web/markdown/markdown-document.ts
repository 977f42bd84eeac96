// Draws one text into a box of the page, and goes on when more of it comes.
import { Blocks } from './block-view.ts'
import { directionOf } from './direction.ts'
import { type DocumentContext, NO_LINKS } from './document-context.ts'
import { DrawnPage } from './drawn-page.ts'
import { awaitExtras, loadedExtras, needsExtras } from './lazy-extras.ts'
import type { Definitions, Links } from './links.ts'
import type { Root } from './blocks.ts'
import { Source } from './source.ts'
import { component } from './vdom.ts'

/** Faster text is a catch-up, which is drawn ten times a second. */
const MAX_STEP_CHARS = 2_000
const STEP_MS = 100

export class MarkdownDocument implements DocumentContext {
  links: Links = NO_LINKS
  notes: Definitions['notes'] = null
  readonly #box: HTMLElement
  readonly #page: DrawnPage
  #source = new Source()
  readonly #listeners = new Set<() => void>()
  #text = ''
  #streaming = false
  #all = false
  #failed = false
  #drawnChars = 0
  #drawnAt = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #stopWaiting: (() => void) | null = null

  constructor(box: HTMLElement) {
    this.#box = box
    this.#page = new DrawnPage(box, (error) => this.#fail(error))
  }

  /** `streaming`: more is coming, so half-written marks are drawn as if their end had come. */
  draw(text: string, streaming: boolean): void {
    this.#text = text
    this.#streaming = streaming
    if (loadedExtras() !== null || !needsExtras(text)) return this.#draw()
    // What is drawn stays until they are here. Without them, the text is shown as it was written.
    this.#stopWaiting ??= awaitExtras(
      () => this.#drawAnew(),
      () => this.#giveUp(),
    )
    if (this.#failed) this.#showPlain()
  }

  readonly onDefinitions = (notify: () => void) => {
    this.#listeners.add(notify)
    return () => void this.#listeners.delete(notify)
  }

  readonly formatAll = () => {
    this.#all = true
    this.#draw()
  }

  /** Nothing of the text is still unread. */
  get isWhole(): boolean {
    return this.#source.unread === 0
  }

  remove(): void {
    clearTimeout(this.#timer)
    this.#stopWaiting?.()
    this.#page.remove()
  }

  #drawAnew(): void {
    this.#source = new Source()
    this.#drawnChars = 0
    this.#failed = false
    this.#box.classList.remove('md-plain')
    this.#page.remove()
    this.#draw()
  }

  #draw(): void {
    clearTimeout(this.#timer)
    if (this.#failed) return this.#showPlain()
    // Reads only what is new; the same text again changes nothing.
    const root = this.#source.read(this.#text, this.#streaming, this.#all)
    const wait = this.#wait()
    if (wait === null) this.#show(root)
    if (wait !== null || this.#source.unread > 0) {
      this.#timer = setTimeout(() => this.#draw(), wait ?? 0)
    }
  }

  /** How long until it is worth drawing again, in milliseconds; null: now. */
  #wait(): number | null {
    if (this.#drawnChars === 0) return null
    if (this.#source.unread > 0) return 0
    const left = this.#drawnAt + STEP_MS - performance.now()
    const isStep = this.#text.length - this.#drawnChars <= MAX_STEP_CHARS
    return !this.#streaming || isStep || left <= 0 ? null : left
  }

  #show({ children, links, notes }: Root): void {
    const streaming = this.#streaming
    this.#define(streaming || links.size === 0 ? NO_LINKS : links, streaming ? null : notes)
    const direction = directionOf(children)
    // The browser would look at all of the text again.
    if (this.#box.dir !== direction) this.#box.dir = direction
    this.#page.draw(
      component(Blocks, { parts: children, tight: false, whole: null, context: this }),
    )
    this.#drawnChars = this.#text.length
    this.#drawnAt = performance.now()
  }

  #define(links: Links, notes: Definitions['notes']): void {
    if (links === this.links && notes === this.notes) return
    this.links = links
    this.notes = notes
    for (const notify of this.#listeners) notify()
  }

  /** Keeps a text readable whatever happens while it is drawn: it then shows as it was written. */
  #fail(error: unknown): void {
    reportError(error)
    this.#giveUp()
  }

  #giveUp(): void {
    this.#failed = true
    this.#page.remove()
    this.#showPlain()
  }

  #showPlain(): void {
    this.#box.classList.add('md-plain')
    this.#box.textContent = this.#text
  }
}
