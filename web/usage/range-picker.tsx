import { Choice } from './choice.tsx'
import { type Range, RANGES } from './range.ts'

interface RangePickerProps {
  range: Range
  onRange: (range: Range) => void
}

export function RangePicker({ range, onRange }: RangePickerProps) {
  return (
    <Choice
      legend="Time range"
      name="range"
      options={RANGES}
      chosen={range}
      label={(option) => option.label}
      onChoose={onRange}
      className="max-sm:order-last"
    />
  )
}
