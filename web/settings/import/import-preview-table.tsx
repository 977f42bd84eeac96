import type { ReactNode } from 'react'
import type { ImportPreview, LeftOut } from '#shared/imports.ts'
import { Amount } from '../../ui/amount.tsx'
import { formatDays, LEFT_OUT_LABELS } from './import-labels.ts'
import { language, t } from '#shared/translate.ts'

/** What is in the file, before anything is imported. */
export function ImportPreviewTable({ preview }: { preview: ImportPreview }) {
  const { conversations, messages, duplicates, calls, totals, files, prompts, from, to, leftOut } =
    preview
  const rows: [label: string, value: ReactNode][] = [
    [t`Conversations`, conversations.toLocaleString(language())],
    [t`Already here`, duplicates.toLocaleString(language())],
    [t`Messages`, messages.toLocaleString(language())],
    ...(calls > 0
      ? [[t`Ledger rows`, calls.toLocaleString(language())] as [string, ReactNode]]
      : []),
    ...(files > 0 ? [[t`Files`, files.toLocaleString(language())] as [string, ReactNode]] : []),
    ...(prompts > 0
      ? [[t`Prompts`, prompts.toLocaleString(language())] as [string, ReactNode]]
      : []),
    // What Tally has booked itself. No other product exports what it has cost.
    [t`Cost`, totals === null ? t`no cost known` : <Amount of={totals} />],
    [t`Dates`, formatDays(from, to)],
  ]
  return (
    <>
      <table className="mt-3 text-sm" aria-label={t`Preview`}>
        <tbody>
          {rows.map(([label, value]) => (
            <tr key={label}>
              <th scope="row" className="py-0.5 pr-6 text-left font-normal text-muted">
                {label}
              </th>
              <td className="tabular-nums">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {duplicates > 0 && (
        <p className="pt-2 text-sm text-muted">
          {t`Conversations that are already here only get the messages that they lack. What they cost is not booked twice.`}
        </p>
      )}
      <LeftOutList leftOut={leftOut} />
    </>
  )
}

export function LeftOutList({ leftOut }: { leftOut: LeftOut[] }) {
  if (leftOut.length === 0) return null
  return (
    <div className="pt-3 text-sm">
      <p className="font-medium">{t`Not imported`}</p>
      <ul className="list-disc pt-0.5 pl-5 text-muted">
        {leftOut.map(({ reason, count }) => (
          <li key={reason}>{LEFT_OUT_LABELS[reason](count)}</li>
        ))}
      </ul>
    </div>
  )
}
