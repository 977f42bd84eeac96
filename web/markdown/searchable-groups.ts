// The text of the groups that are not mounted, for the browser's search: each is hidden until the search finds
// something in it. Boxes are made when the page is idle, a few at a time.
import { redrawn } from './drawn.ts'
import { type GroupRange, MAX_SEARCHABLE_GROUPS } from './group-range.ts'
import { whenIdle } from './idle.ts'
import type { VNode } from './vdom.ts'

const MAX_TURN_MS = 5

/** While an answer is written, the groups that are not mounted soon change again. */
const QUIET_MS = 500

/** The element that stands for groups. */
export interface Space extends GroupRange {
  element: Element
}

interface Options {
  draw: (group: number) => VNode
  onFound: (group: number) => void
}

export class SearchableGroups {
  readonly #options: Options
  readonly #boxes = new Map<number, HTMLElement>()
  #spaces: readonly Space[] = []
  #stop: (() => void) | null = null

  constructor(options: Options) {
    this.#options = options
  }

  /** Takes the place of what was before. */
  update(spaces: readonly Space[]): void {
    this.#spaces = spaces
    const isOut = (group: number) => spaces.some(({ start, end }) => group >= start && group < end)
    for (const [group, box] of this.#boxes) {
      if (isOut(group)) continue
      box.remove()
      this.#boxes.delete(group)
    }
    this.#stop?.()
    const timer = setTimeout(() => this.#later(), QUIET_MS)
    this.#stop = () => clearTimeout(timer)
  }

  remove(): void {
    this.#stop?.()
    this.#boxes.clear()
  }

  #later(): void {
    this.#stop?.()
    this.#stop = whenIdle(() => this.#fill())
  }

  #fill(): void {
    const until = performance.now() + MAX_TURN_MS
    for (const { element, start, end } of this.#spaces) {
      const parent = boxesIn(element)
      let last: Node | null = null
      for (let group = start; group < Math.min(end, MAX_SEARCHABLE_GROUPS); group += 1) {
        const known = this.#boxes.get(group)
        if (known?.parentNode !== parent) {
          if (performance.now() > until) return this.#later()
          const box = known ?? this.#make(group)
          parent.insertBefore(box, last === null ? parent.firstChild : last.nextSibling)
          last = box
        } else last = known
      }
    }
  }

  #make(group: number): HTMLElement {
    const box = document.createElement('div')
    box.textContent = textOf(this.#options.draw(group))
    box.setAttribute('hidden', 'until-found')
    box.addEventListener('beforematch', () => this.#options.onFound(group))
    this.#boxes.set(group, box)
    return box
  }
}

/** A row of a table holds cells only. */
function boxesIn(space: Element): Element {
  const row = space.querySelector(':scope > tr')
  if (row === null) return space
  return row.firstElementChild ?? row.appendChild(document.createElement('td'))
}

const NOWHERE = { change: () => {}, tell: () => {} }

function textOf(content: VNode): string {
  const box = document.createElement('div')
  const drawn = redrawn(undefined, content, box, null, NOWHERE)
  const text = box.textContent ?? ''
  drawn.leave()
  return text
}
