/** A text of more groups is only mounted near the view (windowed.ts). */
export const MAX_MOUNTED_GROUPS = 8

/** Longer groups would take too long to draw at once. */
const MAX_LENGTH = 8_192

interface Grouping<Part> {
  /** The most parts of a group. */
  size: number
  lengthOf: (part: Part) => number
  keepsNext: (part: Part) => boolean
}

/** The starts of groups of parts that grow at their end. Only the last two parts may still change. */
export class GroupStarts<Part> {
  readonly #grouping: Grouping<Part>
  #parts: readonly Part[] = []
  #starts = [0]

  constructor(grouping: Grouping<Part>) {
    this.#grouping = grouping
  }

  of(parts: readonly Part[]): readonly number[] {
    if (parts !== this.#parts) this.#starts = [0]
    this.#parts = parts
    while (this.#starts.length > 1 && (this.#starts.at(-1) ?? 0) > parts.length - 2) {
      this.#starts.pop()
    }
    for (let start = this.#next(); start !== null; start = this.#next()) this.#starts.push(start)
    return this.#starts
  }

  #next(): number | null {
    const { size, lengthOf, keepsNext } = this.#grouping
    const start = this.#starts.at(-1) ?? 0
    let length = 0
    for (let at = start; at < this.#parts.length - 1; at += 1) {
      const part = this.#parts[at]
      if (part === undefined) return null
      length += lengthOf(part)
      const count = at + 1 - start
      const isFull = count >= size || length >= MAX_LENGTH
      if (isFull && (count >= 2 * size || !keepsNext(part))) return at + 1
    }
    return null
  }
}
