import type { ImportReport } from '#shared/imports.ts'
import { visibleText } from '#shared/visible-text.ts'
import { Link } from '../../router.tsx'
import {
  countConversations,
  countFiles,
  countLedgerRows,
  countMessages,
  countNewConversations,
  countPrompts,
} from './import-labels.ts'
import { LeftOutList } from './import-preview-table.tsx'
import { language, t } from '#shared/translate.ts'

/** What was imported and what was not. */
export function ImportReportView({ report }: { report: ImportReport }) {
  const { conversations, extended, unchanged, messages, calls, files, prompts, leftOut, items } =
    report
  const more = conversations + extended - items.length
  const facts = [
    `${countNewConversations(conversations)}, ${countMessages(messages)}`,
    ...(extended > 0 ? [t`${countConversations(extended)} got new messages`] : []),
    ...(unchanged > 0 ? [t`${countConversations(unchanged)} already here`] : []),
    ...(calls > 0 ? [countLedgerRows(calls)] : []),
    ...(files > 0 ? [countFiles(files)] : []),
    ...(prompts > 0 ? [countPrompts(prompts)] : []),
  ]
  return (
    <>
      <p className="pt-2 text-sm">{t`Imported: ${facts.join(' · ')}.`}</p>
      <LeftOutList leftOut={leftOut} />
      {items.length > 0 && (
        <details className="pt-3 text-sm">
          <summary className="cursor-pointer rounded font-medium">{t`Open a conversation`}</summary>
          <ul className="pt-1">
            {items.map(({ id, title }) => (
              <li key={id} className="truncate py-0.5">
                <Link href={`/c/${id}`} className="underline underline-offset-2">
                  {visibleText(title)}
                </Link>
              </li>
            ))}
          </ul>
          {more > 0 && (
            <p className="pt-1 text-muted">{t`and ${more.toLocaleString(language())} more`}</p>
          )}
        </details>
      )}
    </>
  )
}
