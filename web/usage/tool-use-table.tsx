import type { ToolUse } from '#shared/tool-uses.ts'
import type { UsageToolUse } from '#shared/usage.ts'
import { visibleText } from '#shared/visible-text.ts'
import { Link } from '../router.tsx'
import { formatDuration } from '../transcript/duration.ts'
import { Amount } from '../ui/amount.tsx'
import { Tokens } from '../ui/tokens.tsx'
import { formatTime } from './day.ts'
import { ROW_LINK } from './row-link.ts'
import { language, plural, t } from '#shared/translate.ts'

interface ToolUseTableProps {
  uses: UsageToolUse[]
  caption: string
}

export function ToolUseTable({ uses, caption }: ToolUseTableProps) {
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="border-b border-line text-xs text-muted *:px-4 *:py-1.5 *:text-right *:font-normal *:whitespace-nowrap">
          <th scope="col" className="w-2/5 !text-left">
            {t`Conversation, time (UTC)`}
          </th>
          <th scope="col">{t`Cost since`}</th>
          <th scope="col">{t`Result tokens`}</th>
          <th scope="col">{t`Carried by`}</th>
          <th scope="col">{t`Took`}</th>
        </tr>
      </thead>
      <tbody>
        {uses.map((use) => (
          <Row key={`${use.messageId} ${use.callId}`} use={use} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ use }: { use: UsageToolUse }) {
  const { conversationId, conversationTitle, reads, durationMs, status } = use
  const title = conversationTitle === null ? null : visibleText(conversationTitle)
  return (
    <tr className="border-b border-line tabular-nums last:border-0 *:px-4 *:py-2 *:text-right">
      <th scope="row" className="max-w-48 min-w-44 !text-left font-normal">
        {title === null ? (
          <span className="block truncate text-muted">{t`Deleted conversation`}</span>
        ) : (
          <Link href={`/c/${conversationId}`} title={title} className={ROW_LINK}>
            {title}
          </Link>
        )}
        <span className="block text-xs whitespace-nowrap text-muted">{formatTime(use.at)}</span>
      </th>
      <td className="font-medium">
        <Cost of={use} />
      </td>
      <td>
        ≈<Tokens count={use.resultTokens} />
      </td>
      <td className="whitespace-nowrap">
        {requests(reads)}
        {use.dropped && <span className="text-muted"> · {t`dropped`}</span>}
      </td>
      <td className="whitespace-nowrap">
        {durationMs === null ? '–' : formatDuration(durationMs)}
        {status !== 'ok' && <span className="text-muted"> · {status}</span>}
      </td>
    </tr>
  )
}

function Cost({ of: { reads, unpricedReads, costNanoUsd, demo } }: { of: ToolUse }) {
  if (reads === 0) return <span title={t`No request has carried it yet`}>–</span>
  const unpricedCalls = unpricedReads
  return <Amount of={{ costNanoUsd, certainty: 'estimated', unpricedCalls, demo }} />
}

function requests(reads: number): string {
  return plural(reads, {
    one: t`1 request`,
    other: t`${reads.toLocaleString(language())} requests`,
  })
}
