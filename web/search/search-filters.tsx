import { t } from '#shared/translate.ts'

const FILTERS = [
  ['model:gpt', t`Answers of a model, and their questions`],
  ['agent:support', t`Answers of an agent`],
  ['tool:calculate', t`Answers that used a tool`],
  ['after:2026-01', t`Since a day, month or year (UTC)`],
  ['before:2026-02-15', t`Before a day, month or year (UTC)`],
  ['cost:>1', t`Answers that cost more than $1; also <`],
  ['has:file', t`With an attached file`],
  ['in:archive', t`In archived conversations`],
  [t`"a phrase"`, t`Exactly these words in this order`],
]

export function SearchFilters() {
  return (
    <dl className="mx-1 mb-2 space-y-1.5 rounded-lg border border-line bg-surface p-3 text-xs">
      {FILTERS.map(([filter, description]) => (
        <div key={filter}>
          <dt className="font-mono text-ink">{filter}</dt>
          <dd className="text-muted">{description}</dd>
        </div>
      ))}
    </dl>
  )
}
