import type { RepricedGroup, RepricePreview } from '#shared/prices.ts'
import { formatUsd } from '#shared/money.ts'
import { Amount } from '../../ui/amount.tsx'
import { Wide } from '../../ui/wide.tsx'
import { CELL, HEAD } from './table-variant.ts'

const FIRST_ROWS = 50

/** The cost before and after of the requests that would change. */
export function PreviewTable({ preview }: { preview: RepricePreview }) {
  const { rows, changed, before, after, conversations } = preview
  if (changed === 0) {
    return (
      <output className="mt-5 block rounded-lg bg-sunken px-4 py-3 text-sm">
        {rows === 0
          ? 'No request is of these days, this provider and this model.'
          : unchanged(rows)}
      </output>
    )
  }
  const all = { title: 'Together', rows: changed, before, after }
  return (
    <Wide className="mt-5 rounded-xl border border-line bg-surface">
      <table className="w-full text-sm">
        <caption className="px-4 pt-3 pb-2 text-left font-semibold">
          What would change
          <span className="block text-xs font-normal text-muted">
            {changed.toLocaleString('en-US')} of {rows.toLocaleString('en-US')} requests
          </span>
        </caption>
        <thead>
          <tr className={HEAD}>
            <th scope="col" className="!text-left">
              Conversation
            </th>
            <th scope="col">Requests</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
            <th scope="col">Difference</th>
          </tr>
        </thead>
        <tbody>
          {conversations.slice(0, FIRST_ROWS).map((group) => (
            <Row key={group.conversationId} group={group} />
          ))}
          {conversations.length > FIRST_ROWS && (
            <tr>
              <td colSpan={5} className="px-4 py-2 text-muted">
                and {(conversations.length - FIRST_ROWS).toLocaleString('en-US')} more
              </td>
            </tr>
          )}
        </tbody>
        <tfoot className="border-t border-line font-semibold">
          <Row group={all} />
        </tfoot>
      </table>
    </Wide>
  )
}

function unchanged(rows: number): string {
  const requests = rows === 1 ? '1 request' : `${rows.toLocaleString('en-US')} requests`
  return `${requests} checked: nothing would change.`
}

function Row({ group }: { group: Omit<RepricedGroup, 'conversationId'> }) {
  const { title, rows, before, after } = group
  const difference = (after.costNanoUsd ?? 0) - (before.costNanoUsd ?? 0)
  return (
    <tr className={CELL}>
      <th scope="row" className="max-w-56 truncate !text-left [font-weight:inherit]" title={title}>
        {title}
      </th>
      <td>{rows.toLocaleString('en-US')}</td>
      <td>
        <Amount of={before} />
      </td>
      <td>
        <Amount of={after} />
      </td>
      <td>
        {difference < 0 ? '−' : '+'}
        {formatUsd(Math.abs(difference))}
      </td>
    </tr>
  )
}
