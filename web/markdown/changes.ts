// Changes that can be taken back: what an unfinished line would do to the blocks.
export class Changes {
  #undo: (() => unknown)[] | null = null

  /** Whether changes are on trial and will be taken back. */
  get onTrial(): boolean {
    return this.#undo !== null
  }

  begin(): void {
    this.#undo = []
  }

  takeBack(): void {
    const undo = this.#undo ?? []
    this.#undo = null
    while (undo.length > 0) undo.pop()?.()
  }

  set<T extends object, K extends keyof T>(target: T, key: K, value: T[K]): void {
    const before = target[key]
    this.#undo?.push(() => {
      target[key] = before
    })
    target[key] = value
  }

  push<T>(array: T[], item: T): void {
    array.push(item)
    this.#undo?.push(() => {
      array.pop()
    })
  }

  /** Adds to a map what it does not have yet. */
  define<K, V>(map: Map<K, V>, key: K, value: V): void {
    if (map.has(key)) return
    map.set(key, value)
    this.#undo?.push(() => map.delete(key))
  }

  add<T>(set: Set<T>, item: T): void {
    if (set.has(item)) return
    set.add(item)
    this.#undo?.push(() => set.delete(item))
  }

  pop(array: unknown[]): void {
    const items = array.splice(-1)
    this.#undo?.push(() => {
      array.push(...items)
    })
  }
}
