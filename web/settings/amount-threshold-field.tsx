import { useState } from 'react'
import { amountThreshold, useAmountThreshold } from '../ui/amount-threshold.ts'
import { TextField } from './text-field.tsx'
import { parseUsd, usdText } from './usd.ts'
import { t } from '#shared/translate.ts'

/** From which amount on the list of conversations always shows it. */
export function AmountThresholdField() {
  const threshold = useAmountThreshold()
  const [text, setText] = useState(() => usdText(threshold))
  const nanoUsd = parseUsd(text)
  const isWrong = nanoUsd === null || Number.isNaN(nanoUsd)
  return (
    <section aria-labelledby="amount-threshold" className="py-5">
      <h3 id="amount-threshold" className="font-medium">
        {t`Amounts in the list`}
      </h3>
      <p className="max-w-prose pt-0.5 pb-3 text-sm text-muted">
        {t`A conversation that costs less shows its amount on hover and focus. Kept in this browser.`}
      </p>
      <TextField
        label={t`Always show from`}
        hint={isWrong ? t`Enter an amount in dollars, like 1.00.` : t`In dollars`}
        inputMode="decimal"
        className="w-40"
        text={text}
        wrong={isWrong}
        onText={(typed) => {
          setText(typed)
          const wanted = parseUsd(typed)
          if (wanted !== null && !Number.isNaN(wanted)) amountThreshold.set(wanted)
        }}
      />
    </section>
  )
}
