import { Pencil, Trash2 } from 'lucide'
import { conditionsLabel } from '#shared/rule-label.ts'
import type { Rule } from '#shared/rules.ts'
import { visibleText } from '#shared/visible-text.ts'
import { Link } from '../../router.tsx'
import { formatRuleDay, formatRuleTime } from '../../rules/rule-time.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useNow } from '../../ui/use-now.ts'
import { language, plural, t } from '#shared/translate.ts'
import { rich } from '../../ui/rich.ts'

interface RuleCardProps {
  rule: Rule
  onChange: () => void
  onRevoke: () => void
}

export function RuleCard({ rule, onChange, onRevoke }: RuleCardProps) {
  const { agent, conditions, conversationId, conversationTitle, expiresAt } = rule
  const tool = visibleText(rule.tool)
  const asked = conditionsLabel(conditions)
  const now = useNow(60_000)
  const isExpired = expiresAt !== null && Date.parse(expiresAt) <= now
  const name = <code className="font-mono text-[0.9em]">{tool}</code>
  const conversation = (
    <Link href={`/c/${conversationId}`} className="underline underline-offset-2">
      {visibleText(conversationTitle ?? t`a conversation`)}
    </Link>
  )
  return (
    <li className="rounded-xl border border-line bg-surface px-4 py-3.5">
      <div className="flex items-start gap-x-4">
        <h3 className="min-w-0 flex-1 font-medium wrap-anywhere">
          {asked === '' ? rich`Allow ${name}` : rich`Allow ${name} ${asked}`}
          {isExpired && (
            <span className="ml-2 rounded-md bg-warn-soft px-1.5 py-0.5 align-middle text-xs font-normal text-warn">
              {t`Expired`}
            </span>
          )}
        </h3>
        <div className="-mt-1 -mr-1 flex items-center gap-1">
          <IconButton label={t`Change the rule for ${tool}`} onClick={onChange}>
            <Icon of={Pencil} />
          </IconButton>
          <IconButton label={t`Revoke the rule for ${tool}`} onClick={onRevoke}>
            <Icon of={Trash2} />
          </IconButton>
        </div>
      </div>
      <p className="pt-1 text-sm text-muted wrap-anywhere">
        {conversationId === null
          ? t`For ${visibleText(agent)} in every conversation`
          : rich`For ${visibleText(agent)} in ${conversation}`}
        {' · '}
        {expiresAt === null ? t`until you revoke it` : t`until ${formatRuleDay(expiresAt)}`}
      </p>
      <p className="pt-0.5 text-sm text-muted tabular-nums">{formatUses(rule)}</p>
    </li>
  )
}

function formatUses({ uses, lastUsedAt }: Rule): string {
  if (uses === 0 || lastUsedAt === null) return t`Not used yet`
  const last = formatRuleTime(lastUsedAt)
  return plural(uses, {
    one: t`Used once, last on ${last}`,
    other: t`Used ${uses.toLocaleString(language())} times, last on ${last}`,
  })
}
