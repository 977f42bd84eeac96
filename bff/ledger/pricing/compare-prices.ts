// Compares the price book with the second source on the dates of the second source, and tells how
// recent the book is.
import { findProvider } from '@pydantic/genai-prices'
import type { Disagreement, ListedRates, PriceBook, RateName } from '#shared/prices.ts'
import manifest from '../../../package.json' with { type: 'json' }
import { nanoUsd } from '#shared/decimal.ts'
import { listedProviders } from './price-address.ts'
import { listPrice } from './price-list.ts'
import { SECOND_PRICES, type SecondPrice } from './second-prices.ts'

export function baseOfPrices(now: Date): PriceBook['base'] {
  return {
    name: 'genai-prices',
    version: manifest.dependencies['@pydantic/genai-prices'],
    newestPrice: newestPrice(now.toISOString()),
  }
}

const DATES = SECOND_PRICES.map(({ date }) => date).toSorted()

export const SECOND: PriceBook['second'] = {
  models: SECOND_PRICES.length,
  from: DATES.at(0) ?? '',
  to: DATES.at(-1) ?? '',
}

/** Returns the models that the two sources price differently. */
export function disagreements(second: SecondPrice[] = SECOND_PRICES): Disagreement[] {
  return second.map(compare).filter((found) => found !== null)
}

/** Returns null if both agree or the book does not list the model. */
function compare(second: SecondPrice): Disagreement | null {
  const { provider, model, source, date } = second
  const listed = listPrice(provider, model, new Date(`${date}T12:00:00Z`), 0)
  if (listed === null) return null
  const { rates } = listed
  const base: Record<RateName, bigint | null> = rates
  const said: Record<RateName, bigint | null> = {
    input: nanoUsd(second.input),
    cachedInput: saidRate(second.cachedInput),
    cacheWrite: saidRate(second.cacheWrite),
    output: nanoUsd(second.output),
  }
  const names: RateName[] = ['input', 'cachedInput', 'cacheWrite', 'output']
  const difference = names.filter((name) => said[name] !== null && said[name] !== base[name])
  if (difference.length === 0) return null
  return {
    provider,
    model,
    base: inNumbers(base),
    second: inNumbers(said),
    difference,
    source,
    date,
  }
}

function saidRate(dollars: string | undefined): bigint | null {
  return dollars === undefined ? null : nanoUsd(dollars)
}

function inNumbers(rates: Record<RateName, bigint | null>): ListedRates {
  const orNull = (rate: bigint | null): number | null => (rate === null ? null : Number(rate))
  return {
    inputPerMTok: Number(rates.input ?? 0n),
    cachedInputPerMTok: orNull(rates.cachedInput),
    cacheWritePerMTok: orNull(rates.cacheWrite),
    outputPerMTok: Number(rates.output ?? 0n),
  }
}

/**
 * Returns the start date of the newest dated price. The data has no date of its own, so it is at least
 * this recent. Announced future prices are ignored.
 */
function newestPrice(now: string): string | null {
  const days = listedProviders().flatMap(
    (providerId) =>
      findProvider({ providerId })?.models.flatMap(({ prices }) =>
        Array.isArray(prices) ? prices.flatMap(startDay) : [],
      ) ?? [],
  )
  return (
    days
      .filter((day) => day <= now)
      .toSorted()
      .at(-1) ?? null
  )
}

interface Dated {
  constraint?: { type: string; start_date?: string }
}

function startDay({ constraint }: Dated): string[] {
  return constraint?.start_date === undefined ? [] : [constraint.start_date]
}
