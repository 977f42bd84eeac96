import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ChevronRight } from 'lucide'
import { useId, useState } from 'react'
import { conditionsLabel } from '#shared/rule-label.ts'
import type { RuleOffer as Offer } from '#shared/rules.ts'
import { visibleText } from '#shared/visible-text.ts'
import { createRule, ruleOfferQuery, rulesQuery } from '../api/rules.ts'
import { Link } from '../router.tsx'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { BoundFields } from './bound-fields.tsx'
import { boundsOf, withBounds } from './bound.ts'
import { RulePreview } from './rule-preview.tsx'
import { t } from '#shared/translate.ts'

/** Offers a rule for a call that waits, if enough like it were approved. */
export function RuleOffer({ waitId }: { waitId: string }) {
  const offer = useQuery(ruleOfferQuery(waitId)).data?.offer ?? null
  return offer === null ? null : <OfferedRule key={waitId} offer={offer} />
}

function OfferedRule({ offer }: { offer: NonNullable<Offer['offer']> }) {
  const { rule, approvals, mayHoldEverywhere } = offer
  const id = useId()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const [everywhere, setEverywhere] = useState(false)
  const [bounds, setBounds] = useState(() => boundsOf(rule.conditions))
  const conditions = withBounds(rule.conditions, bounds)
  const draft = {
    ...rule,
    conditions: conditions ?? rule.conditions,
    conversationId: everywhere ? null : rule.conversationId,
  }
  const creating = useMutation({
    mutationFn: createRule,
    onSuccess: () => client.invalidateQueries({ queryKey: rulesQuery().queryKey, exact: true }),
  })
  const sentence = formatOffer(draft)
  if (creating.isSuccess) {
    return (
      <output className="block border-t border-line px-3.5 py-2.5">
        {t`The rule is made: ${sentence}. This call still waits for you.`}{' '}
        <Link href="/settings/rules" className="underline underline-offset-2">
          {t`See all rules`}
        </Link>
      </output>
    )
  }
  return (
    <div className="border-t border-line px-3.5 py-2">
      <p className="text-[13px] text-muted">
        {t`You approved ${visibleText(rule.tool)} ${approvals} times as it asked.`}
      </p>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        className="-ml-1.5 flex min-h-8 items-center gap-1.5 rounded-lg px-1.5 text-left font-medium hover:bg-sunken pointer-coarse:min-h-11"
        onClick={() => setOpen(!open)}
      >
        <Icon
          of={ChevronRight}
          className={`size-4 shrink-0 transition-transform duration-200 ${open ? 'rotate-90' : ''}`}
        />
        <span className="wrap-anywhere">{sentence}</span>
      </button>
      <div id={id} hidden={!open} className="space-y-4 pt-2 pb-1">
        <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
          <BoundFields conditions={rule.conditions} bounds={bounds} onBounds={setBounds} />
          {mayHoldEverywhere && (
            <Field label={t`Where`} className="w-56 max-sm:w-full">
              {({ className, ...control }) => (
                <select
                  {...control}
                  value={everywhere ? 'everywhere' : 'here'}
                  className={`${className} h-10 px-3 pointer-coarse:h-11`}
                  onChange={(event) => setEverywhere(event.target.value === 'everywhere')}
                >
                  <option value="here">{t`In this conversation`}</option>
                  <option value="everywhere">{t`In every conversation`}</option>
                </select>
              )}
            </Field>
          )}
        </div>
        {open && <RulePreview draft={draft} />}
        <div className="flex flex-wrap items-center gap-2">
          <Button
            variant="primary"
            busy={creating.isPending}
            disabled={conditions === null}
            onClick={() => creating.mutate(draft)}
          >
            {t`Create rule`}
          </Button>
          <Button variant="quiet" onClick={() => setOpen(false)}>
            {t`Not now`}
          </Button>
          {creating.error !== null && (
            <p role="alert" className="text-danger">
              {creating.error.message}
            </p>
          )}
        </div>
      </div>
    </div>
  )
}

/** "Allow process_refund up to $20 here for 7 days". */
function formatOffer({
  tool,
  conditions,
  conversationId,
}: NonNullable<Offer['offer']>['rule']): string {
  const asked = conditionsLabel(conditions)
  const what = asked === '' ? visibleText(tool) : `${visibleText(tool)} ${asked}`
  return conversationId === null
    ? t`Allow ${what} everywhere for 7 days`
    : t`Allow ${what} here for 7 days`
}
