/** An observer for a page without layout that never notifies. */
export class NothingHappens {
  observe() {}
  disconnect() {}
}

interface Sight {
  target: Element
  isIntersecting: boolean
  rootBounds: { top: number; bottom: number }
}

/** An observer for a page without layout that reports everything as visible. */
export class EverythingIsNear extends NothingHappens {
  readonly #notify: (sights: Sight[]) => void

  constructor(notify: (sights: Sight[]) => void) {
    super()
    this.#notify = notify
  }

  override observe(...[target]: Element[]) {
    if (target === undefined) return
    const rootBounds = { top: -1_500, bottom: 2_500 }
    queueMicrotask(() => this.#notify([{ target, isIntersecting: true, rootBounds }]))
  }
}
