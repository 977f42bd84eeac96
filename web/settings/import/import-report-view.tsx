import type { ImportReport } from '#shared/imports.ts'
import { visibleText } from '#shared/visible-text.ts'
import { Link } from '../../router.tsx'
import { formatCount } from './import-labels.ts'
import { LeftOutList } from './import-preview-table.tsx'

/** What was imported and what was not. */
export function ImportReportView({ report }: { report: ImportReport }) {
  const { conversations, extended, unchanged, messages, calls, files, prompts, leftOut, items } =
    report
  const more = conversations + extended - items.length
  const facts = [
    `${formatCount(conversations, 'new conversation')}, ${formatCount(messages, 'message')}`,
    ...(extended > 0 ? [`${formatCount(extended, 'conversation')} got new messages`] : []),
    ...(unchanged > 0 ? [`${formatCount(unchanged, 'conversation')} already here`] : []),
    ...(calls > 0 ? [formatCount(calls, 'ledger row')] : []),
    ...(files > 0 ? [formatCount(files, 'file')] : []),
    ...(prompts > 0 ? [formatCount(prompts, 'prompt')] : []),
  ]
  return (
    <>
      <p className="pt-2 text-sm">Imported: {facts.join(' · ')}.</p>
      <LeftOutList leftOut={leftOut} />
      {items.length > 0 && (
        <details className="pt-3 text-sm">
          <summary className="cursor-pointer rounded font-medium">Open a conversation</summary>
          <ul className="pt-1">
            {items.map(({ id, title }) => (
              <li key={id} className="truncate py-0.5">
                <Link href={`/c/${id}`} className="underline underline-offset-2">
                  {visibleText(title)}
                </Link>
              </li>
            ))}
          </ul>
          {more > 0 && <p className="pt-1 text-muted">and {more.toLocaleString('en-US')} more</p>}
        </details>
      )}
    </>
  )
}
