import { t } from '#shared/translate.ts'

const FILTERS = [
  ['model:gpt', 'model:', t`Answers of a model, and their questions`],
  ['agent:support', 'agent:', t`Answers of an agent`],
  ['tool:calculate', 'tool:', t`Answers that used a tool`],
  ['after:2026-01', 'after:', t`Since a day, month or year (UTC)`],
  ['before:2026-02-15', 'before:', t`Before a day, month or year (UTC)`],
  ['cost:>1', 'cost:>', t`Answers that cost more than $1; also <`],
  ['has:file', 'has:file', t`With an attached file`],
  ['in:archive', 'in:archive', t`In archived conversations`],
  [t`"a phrase"`, '"', t`Exactly these words in this order`],
] as const

/** Nothing is to be typed behind it. */
function isWhole(filter: string): boolean {
  return /\w$/.test(filter)
}

interface SearchFiltersProps {
  /** Adds the beginning of a filter to the search. */
  onAdd: (filter: string) => void
}

export function SearchFilters({ onAdd }: SearchFiltersProps) {
  return (
    <ul
      aria-label={t`Search filters`}
      className="mb-2 rounded-lg border border-line bg-surface p-1 text-xs"
    >
      {FILTERS.map(([example, filter, description]) => (
        <li key={example}>
          <button
            type="button"
            className="w-full rounded-md px-2 py-1 text-left hover:bg-sunken pointer-coarse:min-h-11"
            onClick={() => onAdd(isWhole(filter) ? `${filter} ` : filter)}
          >
            <span className="block font-mono text-ink">{example}</span>
            <span className="block text-muted">{description}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
