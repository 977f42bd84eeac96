/** Moves focus from a row that is about to be removed to the next one. */
export function focusNeighbour(row: HTMLElement | null): void {
  const list = row?.closest('nav')
  const own = row?.querySelector('a')
  if (!list || !own) return
  const links = [...list.querySelectorAll('a')]
  const at = links.indexOf(own)
  const next = links[at + 1] ?? links[at - 1] ?? list.querySelector('button')
  next?.focus()
}
