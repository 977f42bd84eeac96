import { formatUsd } from '#shared/money.ts'
import type { Disagreement, PriceBook, RateName } from '#shared/prices.ts'
import { Wide } from '../../ui/wide.tsx'
import { CELL, HEAD } from './table-variant.ts'
import { t, tAs } from '#shared/translate.ts'
import { formatDay } from './format-day.ts'
import { rich } from '../../ui/rich.ts'

const NAMES: Record<RateName, string> = {
  input: t`Input`,
  cachedInput: t`Cached input`,
  cacheWrite: t`Cache write`,
  output: t`Output`,
}

/** The source of list prices, and where a second source differs. */
export function Disagreements({ book }: { book: PriceBook }) {
  const { base, second, disagreements } = book
  const name = `${base.name} ${base.version}`
  const list =
    base.newestPrice === null ? name : t`${name}, with prices up to ${formatDay(base.newestPrice)}`
  return (
    <section aria-labelledby="price-data" className="space-y-3">
      <div>
        <h3 id="price-data" className="font-semibold">
          {t`Price data`}
        </h3>
        <p className="text-sm text-muted">
          {rich`${list}. ${<code className="font-mono">npm run prices</code>} refreshes it. A second source, ${second.models} models looked up from ${formatDay(second.from)} to ${formatDay(second.to)}, sets no prices. Below is where the two disagree about the same day.`}
        </p>
      </div>
      {disagreements.length > 0 && (
        <Wide className="rounded-xl border border-line bg-surface">
          <table className="w-full text-sm">
            <caption className="px-4 pt-3 pb-2 text-left font-semibold">{t`Disagreements`}</caption>
            <thead>
              <tr className={HEAD}>
                <th scope="col" className="!text-left">
                  {t`Model`}
                </th>
                <th scope="col" className="!text-left">
                  {t`Rate`}
                </th>
                <th scope="col">{t`In the book`}</th>
                <th scope="col">{t`Elsewhere`}</th>
                <th scope="col" className="!text-left">
                  {t`Source`}
                </th>
              </tr>
            </thead>
            <tbody>
              {disagreements.flatMap((one) =>
                one.difference.map((rate) => (
                  <Row key={`${one.provider}/${one.model}/${rate}`} of={one} rate={rate} />
                )),
              )}
            </tbody>
          </table>
        </Wide>
      )}
    </section>
  )
}

function Row({ of, rate }: { of: Disagreement; rate: RateName }) {
  const { base, second } = of
  return (
    <tr className={CELL}>
      <th
        scope="row"
        className="min-w-36 !text-left font-normal wrap-anywhere sm:whitespace-nowrap"
      >
        {of.provider}/<wbr />
        {of.model}
      </th>
      <td className="!text-left whitespace-nowrap">{NAMES[rate]}</td>
      <td>{dollars(base[FIELDS[rate]])}</td>
      <td>{dollars(second[FIELDS[rate]])}</td>
      <td className="min-w-48 !text-left text-muted">
        {of.source}, {formatDay(of.date)}
      </td>
    </tr>
  )
}

const FIELDS = {
  input: 'inputPerMTok',
  cachedInput: 'cachedInputPerMTok',
  cacheWrite: 'cacheWritePerMTok',
  output: 'outputPerMTok',
} as const

function dollars(nanoUsd: number | null): string {
  return nanoUsd === null ? tAs('a price')`none` : formatUsd(nanoUsd)
}
