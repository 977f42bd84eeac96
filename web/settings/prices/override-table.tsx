import { Pencil, Trash2 } from 'lucide'
import type { PriceOverride } from '#shared/prices.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Wide } from '../../ui/wide.tsx'
import { CELL, HEAD } from './table-variant.ts'
import { writeUsd } from './usd-text.ts'
import { plural, t } from '#shared/translate.ts'
import { formatDay } from './format-day.ts'

/** So that eight columns fit beside the sidebar. */
const NARROW = '*:!px-3'

interface OverrideTableProps {
  overrides: PriceOverride[]
  onEdit: (price: PriceOverride) => void
  onRemove: (price: PriceOverride) => void
}

export function OverrideTable({ overrides, ...actions }: OverrideTableProps) {
  if (overrides.length === 0) {
    return (
      <div className="rounded-xl border border-line bg-surface">
        <EmptyState title={t`No prices of your own`}>
          {t`Set one for a model that is unpriced, a contract, or a server of your own. It comes before every list.`}
        </EmptyState>
      </div>
    )
  }
  return (
    <Wide className="rounded-xl border border-line bg-surface">
      <table className="w-full text-sm">
        <caption className="px-3 pt-3 pb-2 text-left font-semibold">
          {/* It stays in view while the table scrolls sideways. */}
          <span className="sticky left-3 block w-fit max-w-[calc(100vw-4rem)]">
            {t`Your prices`}
            <span className="block text-xs font-normal text-muted">
              {t`US dollars per million tokens. The first that fits a request counts.`}
            </span>
          </span>
        </caption>
        <thead>
          <tr className={`${HEAD} ${NARROW} *:align-bottom *:!whitespace-normal`}>
            <th scope="col" className="!text-left">
              {t`Model`}
            </th>
            <th scope="col" className="!text-left">
              {t`Provider`}
            </th>
            <th scope="col">{t`Input`}</th>
            <th scope="col" className="min-w-22">
              {t`Cached`}
            </th>
            <th scope="col">{t`Written`}</th>
            <th scope="col">{t`Output`}</th>
            <th scope="col" className="!text-left">
              {t`In force`}
            </th>
            <th scope="col">
              <span className="sr-only">{t`Actions`}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {overrides.map((price) => (
            <Row key={price.id} price={price} {...actions} />
          ))}
        </tbody>
      </table>
    </Wide>
  )
}

interface RowProps extends Omit<OverrideTableProps, 'overrides'> {
  price: PriceOverride
}

function Row({ price, onEdit, onRemove }: RowProps) {
  const { modelPattern, provider, rates } = price
  return (
    <tr className={`${CELL} ${NARROW}`}>
      <th scope="row" className="min-w-36 !text-left font-medium wrap-anywhere">
        {modelPattern}
        <span className="block text-xs font-normal text-muted">{formatDetail(price)}</span>
      </th>
      <td className="!text-left">{provider ?? t`any`}</td>
      <td>{writeUsd(rates.inputPerMTok)}</td>
      <td>{writeUsd(rates.cachedInputPerMTok) || '–'}</td>
      <td>{writeUsd(rates.cacheWritePerMTok) || '–'}</td>
      <td>{writeUsd(rates.outputPerMTok)}</td>
      <td className="!text-left whitespace-nowrap">{formatDays(price)}</td>
      <td className="whitespace-nowrap">
        <IconButton label={t`Edit the price for ${modelPattern}`} onClick={() => onEdit(price)}>
          <Icon of={Pencil} />
        </IconButton>
        <IconButton label={t`Delete the price for ${modelPattern}`} onClick={() => onRemove(price)}>
          <Icon of={Trash2} />
        </IconButton>
      </td>
    </tr>
  )
}

function formatDetail({ note, perHourNanoUsd, tiers, beatsReported }: PriceOverride): string {
  const parts = [
    perHourNanoUsd === null ? '' : t`$${writeUsd(perHourNanoUsd)} per hour`,
    tiers.length === 0
      ? ''
      : plural(tiers.length, { one: t`1 tier`, other: t`${tiers.length} tiers` }),
    beatsReported ? t`before the provider’s own amount` : '',
    note,
  ]
  return parts.filter((part) => part !== '').join(' · ')
}

function formatDays({ effectiveFrom, effectiveTo }: PriceOverride): string {
  if (effectiveFrom === null)
    return effectiveTo === null ? t`always` : t`until ${formatDay(effectiveTo)}`
  const from = formatDay(effectiveFrom)
  return effectiveTo === null ? t`since ${from}` : `${from} – ${formatDay(effectiveTo)}`
}
