import type { ModelInfo, ProviderModels } from '#shared/api.ts'
import type { PriceRates } from '#shared/ledger.ts'
import { formatUsd } from '#shared/money.ts'
import { visibleText } from '#shared/visible-text.ts'
import { language, t } from '#shared/translate.ts'

const compact = new Intl.NumberFormat(language(), { notation: 'compact', maximumFractionDigits: 1 })

export interface ModelChoice {
  provider: string
  model: string
}

/** Formats the price of a million tokens. */
export function formatPrice(model: ModelInfo, provider: ProviderModels): string {
  const { price } = model
  if (price === null) return provider.kind === 'discovered' ? t`local, free` : t`unpriced`
  if (price.origin === 'local') return t`local, free`
  const label = formatRates(price)
  if (price.origin === 'override') return t`${label}, your price`
  return price.origin === 'demo' ? t`${label}, demo price` : label
}

function formatRates({ inputPerMTok, outputPerMTok, perHourNanoUsd }: PriceRates): string {
  const rates = t`${formatUsd(inputPerMTok)} in · ${formatUsd(outputPerMTok)} out`
  if (perHourNanoUsd === undefined) return rates
  const perHour = t`${formatUsd(perHourNanoUsd)} per hour`
  return inputPerMTok === 0 && outputPerMTok === 0 ? perHour : `${rates} · ${perHour}`
}

export function formatContext({ contextWindow }: ModelInfo): string | null {
  return contextWindow === null ? null : t`${compact.format(contextWindow)} context`
}

/** Returns a note only if a check found that the model does not report usage. */
export function formatUsage({ reportsUsage }: ModelInfo): string | null {
  return reportsUsage === false ? t`usage not reported` : null
}

export function formatProvider({ kind, name }: ProviderModels): string {
  switch (kind) {
    case 'configured':
      return visibleText(name)
    case 'discovered':
      return t`${visibleText(name)} · local server`
    case 'demo':
      return name.toLowerCase() === 'demo' ? t`Demo · no real model` : `${visibleText(name)} · demo`
  }
}

/** Returns the providers with only those models that match every word of the filter. */
export function filterModels(providers: ProviderModels[], filter: string): ProviderModels[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return providers
  return providers.flatMap((provider) => {
    const models = provider.models.filter(({ id }) => {
      const text = `${provider.name} ${id}`.toLowerCase()
      return words.every((word) => text.includes(word))
    })
    return models.length === 0 ? [] : [{ ...provider, models }]
  })
}
