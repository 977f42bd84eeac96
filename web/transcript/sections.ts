// The thread in sections that keep their messages while others come in above and below: a message
// that moved into another section would be drawn anew.
import type { ThreadRow } from './thread-row.ts'

/** A page of older messages fills whole ones. */
const SIZE = 25

interface Section {
  number: number
  rows: ThreadRow[]
}

export interface Sectioned {
  rows: readonly ThreadRow[]
  sections: Section[]
  /** Of each message, counted from the first one that ever was here. */
  places: ReadonlyMap<string, number>
}

export function sectioned(rows: readonly ThreadRow[], before?: Sectioned): Sectioned {
  const first = firstPlace(rows, before?.places ?? new Map())
  const places = new Map(rows.map(({ key }, index) => [key, first + index]))
  const sections: Section[] = []
  rows.forEach((row, index) => {
    const number = Math.floor((first + index) / SIZE)
    const last = sections.at(-1)
    if (last?.number === number) last.rows.push(row)
    else sections.push({ number, rows: [row] })
  })
  return { rows, sections, places }
}

function firstPlace(rows: readonly ThreadRow[], known: Sectioned['places']): number {
  for (const [index, { key }] of rows.entries()) {
    const place = known.get(key)
    if (place !== undefined) return place - index
  }
  return 0
}
