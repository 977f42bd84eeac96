import type { ModelCall } from '#shared/ledger.ts'
import { visibleText } from '#shared/visible-text.ts'
import { Link } from '../router.tsx'
import { t } from '#shared/translate.ts'
import { rich } from '../ui/rich.ts'

/** Names the models without a price, each with the way to give it one. */
export function WithoutPrice({ calls }: { calls: ModelCall[] }) {
  const models = new Map(
    calls.filter(isWithoutPrice).map((call) => {
      const { provider, modelReturned, modelRequested } = call
      const model = modelReturned ?? modelRequested
      return [`${provider}\n${model}`, { provider, model }]
    }),
  )
  return [...models].map(([key, { provider, model }]) => (
    <p key={key} className="text-sm text-muted">
      {rich`No list has a price for ${<span className="font-medium text-ink">{visibleText(model)}</span>} at ${provider}.`}{' '}
      <Link
        href={`/settings/prices?${new URLSearchParams({ provider, model })}`}
        className="font-medium text-accent underline underline-offset-4"
      >
        {t`Add a price`}
      </Link>
    </p>
  ))
}

/** False for an interrupted call: it has no tokens that a price could apply to. */
function isWithoutPrice({ costNanoUsd, price, inputTokens }: ModelCall): boolean {
  return costNanoUsd === null && price === null && inputTokens !== null
}
