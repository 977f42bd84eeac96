// Pages that a person names, such as "1-3, 7".

/** Returns the pages in their order, each once. Null if that is no list of pages that there are. */
export function pagesIn(ranges: string, count: number): number[] | null {
  const pages = new Set<number>()
  for (const range of ranges.split(',')) {
    const [, first, last = first] = /^\s*(\d{1,6})\s*(?:[-–]\s*(\d{1,6}))?\s*$/.exec(range) ?? []
    const [from, to] = [Number(first), Number(last)]
    if (!(from >= 1 && from <= to && to <= count)) return null
    for (let page = from; page <= to; page += 1) pages.add(page)
  }
  return [...pages].toSorted((a, b) => a - b)
}
