import type { ReactNode } from 'react'
import type { Align, Row, Table } from './blocks.ts'
import { grouped, type PartProps } from './grouped.tsx'
import { scrollBox } from './scroll-box.ts'
import { Text } from './text-view.tsx'

const Rows = grouped(RowView)

export function TableView({ table }: { table: Table }) {
  return (
    <TableFrame header={table.header} align={table.align}>
      {table.rows.length > 0 && (
        <tbody>
          <Rows parts={table.rows} tight />
        </tbody>
      )}
    </TableFrame>
  )
}

interface TableFrameProps {
  header: readonly string[]
  align: readonly Align[]
  /** The header is still being written. */
  arriving?: boolean
  children?: ReactNode
}

export function TableFrame({ header, align, arriving = false, children }: TableFrameProps) {
  return (
    <div className="md-table" {...scrollBox('Table')}>
      <table>
        <thead>
          <tr>
            {header.map((text, column) => (
              <th key={column} scope="col" className={sideOf(align[column])}>
                <Text text={text} arriving={arriving && column === header.length - 1} />
              </th>
            ))}
          </tr>
        </thead>
        {children}
      </table>
    </div>
  )
}

function RowView({ part: { cells, align, open } }: PartProps<Row>) {
  return (
    <tr>
      {align.map((side, column) => (
        <td key={column} className={sideOf(side)}>
          <Text text={cells[column] ?? ''} arriving={open && column === cells.length - 1} />
        </td>
      ))}
    </tr>
  )
}

function sideOf(align: Align | undefined): string | undefined {
  return align === 'center' || align === 'right' ? `md-${align}` : undefined
}
