import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Rule } from '#shared/rules.ts'
import { visibleText } from '#shared/visible-text.ts'
import { restoreRule, revokeRule, rulesQuery } from '../../api/rules.ts'
import { useToast } from '../../ui/toast.tsx'
import { t } from '#shared/translate.ts'

/** Revokes a rule at once, with an Undo toast. */
export function useRevoke() {
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
