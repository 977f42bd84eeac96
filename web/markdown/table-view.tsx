import { memo, type ReactNode, type Ref } from 'react'
import { useOffscreen } from '../ui/use-offscreen.ts'
import type { Align, Row, Table } from './blocks.ts'
import { directionOfText } from './direction.ts'
import { drawText } from './draw-text.tsx'
import { grouped, type GroupProps, type PartProps } from './grouped.tsx'
import { scrollBox } from './scroll-box.ts'
import { useColumns } from './use-columns.ts'

/** Rows after which the widths of columns are known well enough. */
const LONG = 100

const Rows = grouped(RowView, {
  size: 50,
  Group: RowGroup,
  lengthOf: ({ cells }) => cells.reduce((length, cell) => length + cell.length, 0),
  heightOf: () => 38,
  space: 'tbody',
})

export function TableView({ table: { header, align, rows } }: { table: Table }): ReactNode {
  const ref = useColumns(rows.length > LONG)
  const body = rows.length > 0 && <Rows parts={rows} tight whole={null} />
  return drawTable({ header, align, arriving: false, body, ref })
}

function RowGroup({ closed, children }: GroupProps<null>) {
  const box = useOffscreen<HTMLTableSectionElement>(closed)
  return <tbody ref={box}>{children}</tbody>
}

interface TableParts {
  header: readonly string[]
  align: readonly Align[]
  /** The header is still being written. */
  arriving: boolean
}

interface WholeTable extends TableParts {
  body?: ReactNode
  ref?: Ref<HTMLTableElement>
}

export function drawTable({ body, ref, ...head }: WholeTable): ReactNode {
  return (
    <div className="md-table" dir={directionOfText(head.header.join(' '))} {...scrollBox('Table')}>
      <table ref={ref}>
        <Head {...head} />
        {body}
      </table>
    </div>
  )
}

const Head = memo(function Head({ header, align, arriving }: TableParts) {
  return (
    <thead>
      <tr>
        {header.map((text, column) => (
          <th key={column} scope="col" className={sideOf(align[column])}>
            {drawText(text, arriving && column === header.length - 1)}
          </th>
        ))}
      </tr>
    </thead>
  )
})

function RowView({ part: { cells, align, open } }: PartProps<Row>): ReactNode {
  return (
    <tr>
      {align.map((side, column) => (
        <td key={column} className={sideOf(side)}>
          {drawText(cells[column] ?? '', open && column === cells.length - 1)}
        </td>
      ))}
    </tr>
  )
}

function sideOf(align: Align | undefined): string | undefined {
  return align === 'center' || align === 'right' ? `md-${align}` : undefined
}
