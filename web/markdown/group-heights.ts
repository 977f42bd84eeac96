/** Browsers lay out nothing beyond some 33 million pixels: a higher text is scrolled as if it were lower. */
const MAX_HEIGHT = 25_000_000

/** How high the groups of a text are: measured where they were mounted, else estimated. */
export class GroupHeights {
  readonly #measured = new Map<number, number>()
  /** The estimated heights of the groups that no longer grow. */
  readonly #estimated: number[] = []
  #estimateOf: (group: number) => number = () => 0
  /** The ratio of the measured to the estimated height. Fixed by the first groups, or every space would move. */
  #factor: number | null = null
  #scale = 1

  estimate(count: number, estimateOf: (group: number) => number): void {
    this.#estimateOf = (group) => {
      if (group >= count - 1) return estimateOf(group)
      return (this.#estimated[group] ??= estimateOf(group))
    }
    this.#scale = 1
    const height = this.between(0, count)
    this.#scale = Math.min(1, MAX_HEIGHT / Math.max(1, height))
  }

  measure(heights: ReadonlyMap<number, number>): void {
    for (const [group, height] of heights) this.#measured.set(group, height)
    const estimated = sum([...heights.keys()].map((group) => this.#estimateOf(group)))
    if (estimated > 0) this.#factor ??= sum([...heights.values()]) / estimated
  }

  of(group: number): number {
    const height = this.#measured.get(group)
    return (height ?? this.#estimateOf(group) * (this.#factor ?? 1)) * this.#scale
  }

  between(start: number, end: number): number {
    let height = 0
    for (let group = start; group < end; group += 1) height += this.of(group)
    return height
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
