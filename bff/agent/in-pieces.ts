// A long conversation a piece at a time: between two of them the event loop runs.
import { setImmediate as otherWork } from 'node:timers/promises'
import { textsIn } from './request-text.ts'

/** What is done with so much of it takes a few milliseconds. */
const MOST_ENTRIES = 100
const MOST_CHARS = 100_000

export async function* inPieces<T>(entries: Iterable<T>): AsyncGenerator<T[]> {
  let piece: T[] = []
  let chars = 0
  for (const entry of entries) {
    piece.push(entry)
    chars += textsIn(entry).reduce((sum, { length }) => sum + length, 0)
    if (piece.length < MOST_ENTRIES && chars < MOST_CHARS) continue
    yield piece
    piece = []
    chars = 0
    await otherWork()
  }
  if (piece.length > 0) yield piece
}
