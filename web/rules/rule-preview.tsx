import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PastDecision, RuleDraft, RulePreview as Preview } from '#shared/rules.ts'
import { visibleText } from '#shared/visible-text.ts'
import { rulePreviewQuery } from '../api/rules.ts'
import { Link } from '../router.tsx'
import { Button } from '../ui/button.tsx'
import { formatRuleTime } from './rule-time.ts'
import { language, plural, t } from '#shared/translate.ts'

/** What a rule would have allowed over past decisions about its tool. */
export function RulePreview({ draft }: { draft: RuleDraft }) {
  const { data, error, isPending, refetch } = useQuery(rulePreviewQuery(draft))
  if (isPending) return <p className="text-sm text-muted">{t`Testing it on past decisions…`}</p>
  if (error !== null) {
    return (
      <div role="alert" className="flex flex-wrap items-center gap-3 text-sm">
        <p>{t`It could not be tested on past decisions. ${error.message}`}</p>
        <Button onClick={() => void refetch()}>{t`Try again`}</Button>
      </div>
    )
  }
  const { allowed, notAllowed, allowedCount, notAllowedCount } = data
  const warning = formatWarning(data)
  return (
    <section aria-label={t`Tested on past decisions`} className="space-y-3 text-sm">
      <output className="block">{formatSummary(data)}</output>
      {warning !== null && <p className="rounded-lg bg-warn-soft px-3 py-2 text-warn">{warning}</p>}
      <Decisions title={t`Would have allowed`} decisions={allowed} count={allowedCount} isAllowed />
      <Decisions
        title={t`Would have asked`}
        decisions={notAllowed}
        count={notAllowedCount}
        isAllowed={false}
      />
    </section>
  )
}

function formatSummary({ allowedCount, notAllowedCount }: Preview): string {
  const all = allowedCount + notAllowedCount
  if (all === 0) return t`There are no past decisions to test it on.`
  const decisions = plural(all, { one: t`1 past decision`, other: t`${all} past decisions` })
  return t`Of ${decisions} it would have allowed ${allowedCount} without asking.`
}

function formatWarning({ deniedCount, changedCount }: Preview): string | null {
  const found = [
    ...(deniedCount > 0 ? [t`${countCalls(deniedCount)} that you denied`] : []),
    ...(changedCount > 0 ? [t`${countCalls(changedCount)} that you changed`] : []),
  ]
  return found.length === 0
    ? null
    : t`It would have allowed ${new Intl.ListFormat(language()).format(found)}.`
}

function countCalls(count: number): string {
  return plural(count, { one: t`1 call`, other: t`${count} calls` })
}

const FIRST_SHOWN = 4

interface DecisionsProps {
  title: string
  decisions: PastDecision[]
  count: number
  isAllowed: boolean
}

function Decisions({ title, decisions, count, isAllowed }: DecisionsProps) {
  const [all, setAll] = useState(false)
  if (count === 0) return null
  const shown = all ? decisions : decisions.slice(0, FIRST_SHOWN)
  return (
    <div>
      <p className="font-medium">
        {title} <span className="font-normal text-muted tabular-nums">{count}</span>
      </p>
      <ul aria-label={title} className="mt-1 divide-y divide-line rounded-lg border border-line">
        {shown.map((decision) => (
          <Decision key={decision.waitId} decision={decision} isAllowed={isAllowed} />
        ))}
      </ul>
      {shown.length < decisions.length && (
        <Button variant="quiet" className="mt-1 -ml-2 !px-2" onClick={() => setAll(true)}>
          {t`Show ${decisions.length - shown.length} more`}
        </Button>
      )}
      {all && decisions.length < count && (
        <p className="pt-1 text-xs text-muted">{t`The newest ${decisions.length} are listed.`}</p>
      )}
    </div>
  )
}

const LABELS: Record<PastDecision['decision'], string> = {
  approve: t`Approved`,
  deny: t`Denied`,
  edit: t`Changed`,
  respond: t`Answered by hand`,
}

interface DecisionProps {
  decision: PastDecision
  /** The rule would have allowed it. */
  isAllowed: boolean
}

function Decision({ decision: past, isAllowed }: DecisionProps) {
  const { decision, arguments: args, decidedAt, conversationId, conversationTitle, reason } = past
  return (
    <li className="px-3 py-2">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <span className={`font-medium ${isAllowed && decision !== 'approve' ? 'text-warn' : ''}`}>
          {LABELS[decision]}
        </span>
        <code className="min-w-0 font-mono text-[13px] wrap-anywhere">{args}</code>
      </div>
      <p className="text-xs text-muted wrap-anywhere">
        {formatRuleTime(decidedAt)} ·{' '}
        <Link href={`/c/${conversationId}`} className="underline underline-offset-2">
          {visibleText(conversationTitle)}
        </Link>
        {reason !== undefined && ` · ${reason}`}
      </p>
    </li>
  )
}
