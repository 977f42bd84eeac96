interface ChoiceProps<Option> {
  /** The question that the options answer, for screen readers. */
  legend: string
  name: string
  options: readonly Option[]
  chosen: Option
  label: (option: Option) => string
  onChoose: (option: Option) => void
  className?: string
}

/** Radio buttons in a row. Each label contains its hidden radio so that both scroll together. */
export function Choice<Option>(props: ChoiceProps<Option>) {
  const { legend, name, options, chosen, label, onChoose, className = '' } = props
  return (
    <fieldset className={`flex gap-0.5 rounded-lg bg-sunken p-0.5 max-sm:w-full ${className}`}>
      <legend className="sr-only">{legend}</legend>
      {options.map((option) => (
        <label
          key={label(option)}
          className="relative flex h-8 grow cursor-pointer items-center justify-center rounded-md px-3 text-sm whitespace-nowrap text-muted has-checked:bg-surface has-checked:font-medium has-checked:text-ink has-checked:shadow-sm has-focus-visible:outline-2 has-focus-visible:outline-accent pointer-coarse:h-11"
        >
          <input
            type="radio"
            name={name}
            className="sr-only"
            checked={option === chosen}
            onChange={() => onChoose(option)}
          />
          {label(option)}
        </label>
      ))}
    </fieldset>
  )
}
