// The columns of a long table keep the widths that its first rows gave them. A browser weighs every
// cell of a table anew for each row that is added; rows that know their columns need only themselves.
import { type RefObject, useLayoutEffect, useRef } from 'react'

export function useColumns(long: boolean): RefObject<HTMLTableElement | null> {
  const table = useRef<HTMLTableElement>(null)
  useLayoutEffect(() => {
    const { current } = table
    const box = current?.parentElement
    if (!long || current === null || !box) return
    let room = 0
    const sizes = new ResizeObserver(() => {
      if (box.clientWidth === room) return
      room = box.clientWidth
      keepColumns(current)
    })
    sizes.observe(box)
    return () => sizes.disconnect()
  }, [long])
  return table
}

/** What the browser makes of the columns in the room that there is now. */
function keepColumns(table: HTMLTableElement): void {
  table.classList.remove('md-long')
  const widths = Array.from(table.querySelectorAll('th'), (cell) => {
    return `${Math.ceil(cell.getBoundingClientRect().width)}px`
  })
  table.style.setProperty('--columns', widths.join(' '))
  table.classList.add('md-long')
}
