import { Pencil, Trash2 } from 'lucide'
import { conditionsLabel } from '#shared/rule-label.ts'
import type { Rule } from '#shared/rules.ts'
import { visibleText } from '#shared/visible-text.ts'
import { Link } from '../../router.tsx'
import { formatRuleDay, formatRuleTime } from '../../rules/rule-time.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useNow } from '../../ui/use-now.ts'

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
  return (
    <li className="rounded-xl border border-line bg-surface px-4 py-3.5">
      <div className="flex items-start gap-x-4">
        <h3 className="min-w-0 flex-1 font-medium wrap-anywhere">
          Allow <code className="font-mono text-[0.9em]">{tool}</code>
          {asked === '' ? '' : ` ${asked}`}
          {isExpired && (
            <span className="ml-2 rounded-md bg-warn-soft px-1.5 py-0.5 align-middle text-xs font-normal text-warn">
              Expired
            </span>
          )}
        </h3>
        <div className="-mt-1 -mr-1 flex items-center gap-1">
          <IconButton label={`Change the rule for ${tool}`} onClick={onChange}>
            <Icon of={Pencil} />
          </IconButton>
          <IconButton label={`Revoke the rule for ${tool}`} onClick={onRevoke}>
            <Icon of={Trash2} />
          </IconButton>
        </div>
      </div>
      <p className="pt-1 text-sm text-muted wrap-anywhere">
        For {visibleText(agent)}
        {conversationId === null ? (
          ' in every conversation'
        ) : (
          <>
            {' in '}
            <Link href={`/c/${conversationId}`} className="underline underline-offset-2">
              {visibleText(conversationTitle ?? 'a conversation')}
            </Link>
          </>
        )}
        {' · '}
        {expiresAt === null ? 'until you revoke it' : `until ${formatRuleDay(expiresAt)}`}
      </p>
      <p className="pt-0.5 text-sm text-muted tabular-nums">{formatUses(rule)}</p>
    </li>
  )
}

function formatUses({ uses, lastUsedAt }: Rule): string {
  if (uses === 0 || lastUsedAt === null) return 'Not used yet'
  const times = uses === 1 ? 'Used once' : `Used ${uses.toLocaleString('en-US')} times`
  return `${times}, last on ${formatRuleTime(lastUsedAt)}`
}
