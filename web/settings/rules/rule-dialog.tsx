import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { conditionsLabel } from '#shared/rule-label.ts'
import type { Rule, UpdateRule } from '#shared/rules.ts'
import { visibleText } from '#shared/visible-text.ts'
import { rulesQuery, updateRule } from '../../api/rules.ts'
import { BoundFields } from '../../rules/bound-fields.tsx'
import { boundsOf, withBounds } from '../../rules/bound.ts'
import { RulePreview } from '../../rules/rule-preview.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { TextField } from '../text-field.tsx'
import { t } from '#shared/translate.ts'

/** Changes the bounds and the end of a rule, with what that would have allowed. */
export function RuleDialog({ rule, onClose }: { rule: Rule; onClose: () => void }) {
  const client = useQueryClient()
  const [bounds, setBounds] = useState(() => boundsOf(rule.conditions))
  const [day, setDay] = useState(() => dayOf(rule.expiresAt))
  const conditions = withBounds(rule.conditions, bounds)
  const isNewDay = day !== dayOf(rule.expiresAt)
  const expiresAt = isNewDay ? endOfDay(day) : undefined
  const isWrongDay = expiresAt === null
  const isWrong = conditions === null || isWrongDay
  const saving = useMutation({
    mutationFn: (change: UpdateRule) => updateRule(rule.id, change),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: rulesQuery().queryKey })
      onClose()
    },
  })
  const save = () => {
    if (conditions === null || expiresAt === null) return
    saving.mutate({ conditions, ...(expiresAt !== undefined && { expiresAt }) })
  }
  const fixed = rule.conditions.filter((one) => !('atMost' in one))
  return (
    <FormDialog
      title={t`Change the rule for ${visibleText(rule.tool)}`}
      onClose={onClose}
      onSubmit={save}
      saving={saving}
      isWrong={isWrong}
    >
      {fixed.length > 0 && (
        <p className="text-sm text-muted wrap-anywhere">{t`Only ${conditionsLabel(fixed)}.`}</p>
      )}
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <BoundFields conditions={rule.conditions} bounds={bounds} onBounds={setBounds} />
        <TextField
          label={t`Until the end of`}
          hint={rule.expiresAt === null ? t`Empty: until you revoke it` : t`Within the next year`}
          type="date"
          className="w-48 max-sm:w-full"
          text={day}
          wrong={isWrongDay}
          onText={setDay}
        />
      </div>
      <RulePreview draft={{ ...rule, conditions: conditions ?? rule.conditions }} />
    </FormDialog>
  )
}

/** The end of a rule as a day of the reader's calendar. Empty if it has no end. */
function dayOf(expiresAt: string | null): string {
  if (expiresAt === null) return ''
  const at = new Date(expiresAt)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** Null if it is no day from today to a year from now. */
function endOfDay(day: string, now = new Date()): string | null {
  const at = new Date(`${day}T23:59:59.999`)
  const latest = new Date(now)
  latest.setFullYear(latest.getFullYear() + 1)
  return at > now && at < latest ? at.toISOString() : null
}
