const MOVES = ['pointermove', 'pointerdown', 'keydown'] as const
const MAX_WAIT_MS = 2_000

/** Calls back when the reader first moves, or soon: time to load what only the next step needs. */
export function onFirstMove(callback: () => void): () => void {
  const forget = () => {
    clearTimeout(timer)
    for (const move of MOVES) removeEventListener(move, moved)
  }
  const moved = () => {
    forget()
    callback()
  }
  const timer = setTimeout(moved, MAX_WAIT_MS)
  for (const move of MOVES) addEventListener(move, moved, { passive: true })
  return forget
}
