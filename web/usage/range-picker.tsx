import { type Range, RANGES } from './range.ts'

interface RangePickerProps {
  range: Range
  onRange: (range: Range) => void
}

export function RangePicker({ range, onRange }: RangePickerProps) {
  return (
    <fieldset className="flex gap-0.5 rounded-lg bg-sunken p-0.5 max-sm:order-last max-sm:w-full">
      <legend className="sr-only">Time range</legend>
      {RANGES.map((option) => (
        <label
          key={option.label}
          className="flex h-8 grow cursor-pointer justify-center whitespace-nowrap items-center rounded-md px-3 text-sm text-muted has-checked:bg-surface has-checked:font-medium has-checked:text-ink has-checked:shadow-sm has-focus-visible:outline-2 has-focus-visible:outline-accent pointer-coarse:h-11"
        >
          <input
            type="radio"
            name="range"
            className="sr-only"
            checked={option === range}
            onChange={() => onRange(option)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}
