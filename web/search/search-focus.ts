// The focus moves between the search field and its hits with the arrow keys.
export const SEARCH_ID = 'search'

export function focusSearch(): boolean {
  const field = document.getElementById(SEARCH_ID)
  field?.focus()
  return field !== null
}

/** Moves from the focused hit; from the field to the first, and from the first back. */
export function focusHit(step: 1 | -1): boolean {
  const hits = Array.from(document.querySelectorAll<HTMLElement>('[data-hit]'))
  const at = hits.findIndex((hit) => hit === document.activeElement)
  if (at === 0 && step === -1) return focusSearch()
  const next = hits[at + step]
  next?.focus()
  return next !== undefined
}
