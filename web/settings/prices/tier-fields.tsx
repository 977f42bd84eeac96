import { Trash2 } from 'lucide'
import { IconButton } from '../../ui/icon-button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { TextField } from '../text-field.tsx'
import { CheckField, RateFields } from './price-fields.tsx'
import type { TierForm } from './price-form.ts'
import { t } from '#shared/translate.ts'

interface TierFieldsProps {
  tier: TierForm
  path: string
  wrong: string[]
  onTier: (tier: TierForm) => void
  onRemove: () => void
}

export function TierFields({ tier, path, wrong, onTier, onRemove }: TierFieldsProps) {
  const isEmpty = wrong.includes(path)
  return (
    <fieldset className="space-y-4 rounded-xl border border-line p-4">
      <legend className="px-1 text-sm font-semibold">{t`Tier`}</legend>
      <div className="grid gap-x-5 gap-y-4 sm:grid-cols-[1fr_1fr_auto]">
        <TextField
          label={t`Service tier`}
          hint={t`As the provider returns it: flex, priority`}
          text={tier.serviceTier}
          wrong={isEmpty || wrong.includes(`${path}.serviceTier`)}
          onText={(serviceTier) => onTier({ ...tier, serviceTier })}
        />
        <TextField
          label={t`Long context, in input tokens`}
          hint={t`A request with more tokens is priced at these rates`}
          inputMode="numeric"
          text={tier.tokens}
          wrong={isEmpty || wrong.includes(`${path}.threshold.inputTokens`)}
          onText={(tokens) => onTier({ ...tier, tokens })}
        />
        <IconButton
          label={t`Remove this tier`}
          className="mt-7 max-sm:mt-0 max-sm:justify-self-end"
          onClick={onRemove}
        >
          <Icon of={Trash2} />
        </IconButton>
      </div>
      <CheckField
        label={t`Also applies at exactly this number of tokens`}
        checked={tier.inclusive}
        onCheck={(inclusive) => onTier({ ...tier, inclusive })}
      />
      <RateFields
        texts={tier.rates}
        path={`${path}.rates`}
        wrong={wrong}
        onTexts={(rates) => onTier({ ...tier, rates })}
      />
    </fieldset>
  )
}
