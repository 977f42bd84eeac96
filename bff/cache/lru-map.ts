// A map that forgets what was not asked for the longest, so that all of it stays within a size.
export class LRUMap<Value> {
  readonly #entries = new Map<string, Value>()
  readonly #maxSize: number
  readonly #sizeOf: (value: Value) => number
  #size = 0

  /** By default so many entries. */
  constructor(maxSize: number, sizeOf: (value: Value) => number = () => 1) {
    this.#maxSize = maxSize
    this.#sizeOf = sizeOf
  }

  get(key: string): Value | undefined {
    const value = this.#entries.get(key)
    if (value === undefined) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, value)
    return value
  }

  set(key: string, value: Value): void {
    this.#delete(key)
    this.#entries.set(key, value)
    this.#size += this.#sizeOf(value)
    for (const oldest of this.#entries.keys()) {
      // One that is larger than all of it stays, alone.
      if (this.#size <= this.#maxSize || oldest === key) return
      this.#delete(oldest)
    }
  }

  clear(): void {
    this.#entries.clear()
    this.#size = 0
  }

  #delete(key: string): void {
    const value = this.#entries.get(key)
    if (value === undefined) return
    this.#entries.delete(key)
    this.#size -= this.#sizeOf(value)
  }
}

/** Remembers the result for each key. Keys are untrusted input, so the least used are forgotten. */
export function memoize<Found>(find: (key: string) => Found): (key: string) => Found {
  const known = new LRUMap<{ found: Found }>(MAX_MEMOIZED)
  return (key) => {
    const entry = known.get(key) ?? { found: find(key) }
    known.set(key, entry)
    return entry.found
  }
}

const MAX_MEMOIZED = 5000
