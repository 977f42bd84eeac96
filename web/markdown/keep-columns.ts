// The columns of a long table keep the widths that its first rows gave them. A browser weighs every
// cell of a table anew for each row that is added; rows that know their columns need only themselves.

/** Until it is told to stop: the widths are found anew when the width for the table changes. */
export function keepColumns(table: HTMLTableElement): () => void {
  const box = table.parentElement ?? table
  let width = 0
  const sizes = new ResizeObserver(() => {
    if (box.clientWidth === width) return
    width = box.clientWidth
    fix(table)
  })
  sizes.observe(box)
  return () => sizes.disconnect()
}

/** To what the browser makes of the columns in the width that there is now. */
function fix(table: HTMLTableElement): void {
  table.classList.remove('md-long')
  const widths = Array.from(table.querySelectorAll('th'), (cell) => {
    return `${Math.ceil(cell.getBoundingClientRect().width)}px`
  })
  table.style.setProperty('--columns', widths.join(' '))
  table.classList.add('md-long')
}
