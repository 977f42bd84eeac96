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
  /** The index of each message, counted from the first one ever loaded. */
  indexes: ReadonlyMap<string, number>
}

export function sectioned(rows: readonly ThreadRow[], before?: Sectioned): Sectioned {
  const first = firstIndex(rows, before?.indexes ?? new Map())
  const indexes = new Map(rows.map(({ key }, index) => [key, first + index]))
  const sections: Section[] = []
  rows.forEach((row, index) => {
    const number = Math.floor((first + index) / SIZE)
    const last = sections.at(-1)
    if (last?.number === number) last.rows.push(row)
    else sections.push({ number, rows: [row] })
  })
  return { rows, sections, indexes }
}

function firstIndex(rows: readonly ThreadRow[], known: Sectioned['indexes']): number {
  for (const [index, { key }] of rows.entries()) {
    const knownIndex = known.get(key)
    if (knownIndex !== undefined) return knownIndex - index
  }
  return 0
}
