import type { Align, Row, Table } from './blocks.ts'
import { directionOfText } from './direction.ts'
import type { DocumentContext } from './document-context.ts'
import { drawText } from './draw-text.ts'
import { tableCells } from './extra-starts.ts'
import { grouped } from './grouped.ts'
import { scrollBox } from './scroll-box.ts'
import { RowGroup } from './sections.ts'
import { component, h, type Host, memo, type VNode } from './vdom.ts'
import { t } from '#shared/translate.ts'

/** Rows after which the widths of columns are known well enough. */
const MIN_LONG_ROWS = 100

const Rows = grouped<Row, null>({
  view: drawRow,
  size: 50,
  Group: RowGroup,
  lengthOf: ({ cells }) => cells.reduce((length, cell) => length + cell.length, 0),
  heightOf: () => 38,
  space: 'tbody',
})

export function drawTable({ header, align, rows }: Table, context: DocumentContext): VNode {
  const parts = [
    memo([header, align], () => drawHead({ header, align, arriving: false, context })),
    rows.length > 0 ? component(Rows, { parts: rows, tight: true, whole: null, context }) : null,
  ]
  return inBox(header, component(WholeTable, { parts, isLong: rows.length > MIN_LONG_ROWS }))
}

/** Draws a first line that begins with a bar: the header of a table whose rest is still to come. */
export function drawTableBeginning(text: string, context: DocumentContext): VNode {
  if (!text.startsWith('|') || text.includes('\n')) return null
  const header = tableCells(text)
  const parts = [drawHead({ header, align: [], arriving: true, context })]
  return inBox(header, component(WholeTable, { parts, isLong: false }))
}

function inBox(header: readonly string[], table: VNode): VNode {
  const dir = directionOfText(header.join(' '))
  return h('div', { class: 'md-table', dir, ...scrollBox(t`Table`) }, [table])
}

interface WholeTableProps {
  parts: readonly VNode[]
  isLong: boolean
}

/** Few tables are so long that what keeps their columns has to be here. */
class WholeTable {
  readonly #host: Host
  #isLong = false
  #stop: (() => void) | null = null

  constructor(host: Host) {
    this.#host = host
  }

  render({ parts, isLong }: WholeTableProps): VNode {
    this.#isLong = isLong
    return h('table', null, parts)
  }

  drawn(): void {
    const table = this.#host.firstNode()
    if (!this.#isLong || this.#stop !== null || !(table instanceof HTMLTableElement)) return
    this.#stop = () => {
      this.#isLong = false
    }
    void this.#keepColumns(table)
  }

  removed(): void {
    this.#stop?.()
  }

  async #keepColumns(table: HTMLTableElement): Promise<void> {
    try {
      const { keepColumns } = await import('./keep-columns.ts')
      if (this.#isLong) this.#stop = keepColumns(table)
    } catch {
      // Without it the table is drawn as any other.
    }
  }
}

interface HeadProps {
  header: readonly string[]
  align: readonly Align[]
  arriving: boolean
  context: DocumentContext
}

function drawHead({ header, align, arriving, context }: HeadProps): VNode {
  const cells = header.map((text, column) =>
    h(
      'th',
      { scope: 'col', class: sideOf(align[column]) },
      drawText(text, arriving && column === header.length - 1, context),
    ),
  )
  return h('thead', null, [h('tr', null, cells)])
}

function drawRow({ cells, align, open }: Row, _tight: boolean, context: DocumentContext): VNode {
  const drawn = align.map((side, column) =>
    h(
      'td',
      { class: sideOf(side) },
      drawText(cells[column] ?? '', open && column === cells.length - 1, context),
    ),
  )
  return h('tr', null, drawn)
}

function sideOf(align: Align | undefined): string | undefined {
  return align === 'center' || align === 'right' ? `md-${align}` : undefined
}
