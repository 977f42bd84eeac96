import { navigate } from '../router.tsx'
import { Choice } from './choice.tsx'
import { drawnDays, PRESETS, type Range } from './range.ts'
import { type View, viewPath } from './view.ts'
import { t } from '#shared/translate.ts'

interface RangePickerProps {
  view: View
  isCustom: boolean
  now: Date
}

type Option = number | null | 'custom'
const OPTIONS: readonly Option[] = [...PRESETS, 'custom']

export function RangePicker({ view, isCustom, now }: RangePickerProps) {
  const { range } = view
  const chosen = isCustom || range.kind === 'between' ? 'custom' : range.days
  return (
    <Choice
      legend={t`Time range`}
      name="range"
      options={OPTIONS}
      chosen={chosen}
      label={labelOf}
      onChoose={(option) => navigate(viewPath({ ...view, range: toRange(option, range, now) }))}
      className="max-sm:order-last"
    />
  )
}

function labelOf(option: Option): string {
  if (option === 'custom') return t`Custom`
  return option === null ? t`All` : t`${option} days`
}

/** Converts an option to a range. A custom range starts with the days that are shown. */
function toRange(option: Option, shown: Range, now: Date): Range {
  if (option !== 'custom') return { kind: 'last', days: option }
  const { first, last } = drawnDays(shown, now)
  return { kind: 'between', first: first ?? last, last }
}
