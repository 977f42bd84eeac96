// A long conversation a piece at a time: between two of them the event loop runs.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { textsIn } from './request-text.ts'

/** A chunk of this size takes a few milliseconds. */
const MAX_ENTRIES = 50
const MAX_CHARS = 50_000

/** A piece ends only where `isBoundary` says so. */
export async function* inPieces<T>(
  entries: Iterable<T>,
  isBoundary: (before: T, after: T) => boolean = () => true,
): AsyncGenerator<T[]> {
  let piece: T[] = []
  let chars = 0
  for (const entry of entries) {
    const last = piece.at(-1)
    const isFull = piece.length >= MAX_ENTRIES || chars >= MAX_CHARS
    if (last !== undefined && isFull && isBoundary(last, entry)) {
      yield piece
      piece = []
      chars = 0
      await yieldToEventLoop()
    }
    piece.push(entry)
    chars += textsIn(entry).reduce((sum, { length }) => sum + length, 0)
  }
  if (piece.length > 0) yield piece
}
