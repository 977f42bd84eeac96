import type { RepricedGroup, RepricePreview } from '#shared/prices.ts'
import { formatUsd } from '#shared/money.ts'
import { Amount } from '../../ui/amount.tsx'
import { Wide } from '../../ui/wide.tsx'
import { CELL, HEAD } from './table-variant.ts'
import { language, plural, t } from '#shared/translate.ts'

const FIRST_ROWS = 50

/** The cost before and after of the requests that would change. */
export function PreviewTable({ preview }: { preview: RepricePreview }) {
  const { rows, changed, before, after, conversations } = preview
  if (changed === 0) {
    return (
      <output className="mt-5 block rounded-lg bg-sunken px-4 py-3 text-sm">
        {rows === 0
          ? t`No request is of these days, this provider and this model.`
          : unchanged(rows)}
      </output>
    )
  }
  const all = { title: t`Together`, rows: changed, before, after }
  return (
    <Wide className="mt-5 rounded-xl border border-line bg-surface">
      <table className="w-full text-sm">
        <caption className="px-4 pt-3 pb-2 text-left font-semibold">
          {t`What would change`}
          <span className="block text-xs font-normal text-muted">
            {t`${changed.toLocaleString(language())} of ${rows.toLocaleString(language())} requests`}
          </span>
        </caption>
        <thead>
          <tr className={HEAD}>
            <th scope="col" className="!text-left">
              {t`Conversation`}
            </th>
            <th scope="col">{t`Requests`}</th>
            <th scope="col">{t`Before`}</th>
            <th scope="col">{t`After`}</th>
            <th scope="col">{t`Difference`}</th>
          </tr>
        </thead>
        <tbody>
          {conversations.slice(0, FIRST_ROWS).map((group) => (
            <Row key={group.conversationId} group={group} />
          ))}
          {conversations.length > FIRST_ROWS && (
            <tr>
              <td colSpan={5} className="px-4 py-2 text-muted">
                {t`and ${(conversations.length - FIRST_ROWS).toLocaleString(language())} more`}
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
  const requests = plural(rows, {
    one: t`1 request`,
    other: t`${rows.toLocaleString(language())} requests`,
  })
  return t`${requests} checked: nothing would change.`
}

function Row({ group }: { group: Omit<RepricedGroup, 'conversationId'> }) {
  const { title, rows, before, after } = group
  const difference = (after.costNanoUsd ?? 0) - (before.costNanoUsd ?? 0)
  return (
    <tr className={CELL}>
      <th scope="row" className="max-w-56 truncate !text-left [font-weight:inherit]" title={title}>
        {title}
      </th>
      <td>{rows.toLocaleString(language())}</td>
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
