import { useQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Rule } from '#shared/rules.ts'
import { rulesQuery, restoreRule, revokeRule } from '../../api/rules.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { RuleCard } from './rule-card.tsx'
import { RuleDialog } from './rule-dialog.tsx'
import { t } from '#shared/translate.ts'
import { visibleText } from '#shared/visible-text.ts'
import { useToast } from '../../ui/toast.tsx'

/** The rules that approve calls without asking. */
export function RulesSection() {
  const rules = useQuery({ ...rulesQuery(), staleTime: 0 })
  const [edited, setEdited] = useState<Rule | null>(null)
  const revoke = useRevoke()
  return (
    <>
      <h2 className="text-lg font-semibold tracking-tight">{t`Rules`}</h2>
      <p className="max-w-prose pt-1 text-sm text-muted">
        {t`A rule approves calls of a tool without asking you. You are still asked about everything else.`}
      </p>
      {rules.isPending && <Skeleton className="mt-5 h-40 w-full" />}
      {rules.isError && rules.data === undefined && (
        <ErrorState
          title={t`The rules could not be loaded`}
          error={rules.error}
          onRetry={() => void rules.refetch()}
        />
      )}
      {rules.data?.items.length === 0 && (
        <div className="mt-5 rounded-xl border border-dashed border-line-strong">
          <EmptyState title={t`There are no rules`}>
            {t`Approve the same kind of call three times, and the next one offers to make a rule.`}
          </EmptyState>
        </div>
      )}
      <ul aria-label={t`Rules`} hidden={!rules.data?.items.length} className="space-y-3 pt-5">
        {rules.data?.items.map((rule) => (
          <RuleCard
            key={rule.id}
            rule={rule}
            onChange={() => setEdited(rule)}
            onRevoke={() => revoke(rule)}
          />
        ))}
      </ul>
      {edited !== null && <RuleDialog rule={edited} onClose={() => setEdited(null)} />}
    </>
  )
}

/** Revokes a rule at once, with an Undo toast. */
function useRevoke() {
  const client = useQueryClient()
  const showToast = useToast()
  const reload = () => client.invalidateQueries({ queryKey: rulesQuery().queryKey })

  const restore = useMutation({
    mutationFn: ({ id }: Rule) => restoreRule(id),
    onSettled: reload,
    onError: (error) => showToast({ text: t`The rule was not restored. ${error.message}` }),
  })
  const revoke = useMutation({
    mutationFn: ({ id }: Rule) => revokeRule(id),
    onSettled: reload,
    onSuccess: (_, rule) =>
      showToast({
        text: t`Revoked the rule for ${visibleText(rule.tool)}. Its calls are asked again.`,
        action: { label: t`Undo`, run: () => restore.mutate(rule) },
      }),
    onError: (error) => showToast({ text: t`The rule was not revoked. ${error.message}` }),
  })
  return (rule: Rule) => revoke.mutate(rule)
}
