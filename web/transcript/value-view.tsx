import { visibleText } from '#shared/visible-text.ts'
import { readField } from './read-field.ts'
import { exactText, MAX_DEPTH, MAX_ITEMS } from './unambiguous.ts'
import { language, t } from '#shared/translate.ts'

interface ValueViewProps {
  value: unknown
  /** Every value can be told from every other one. */
  exact?: boolean
  depth?: number
}

/** A JSON value for a reader: an object as labels and values, a list as its items. */
export function ValueView({ value, exact = false, depth = 0 }: ValueViewProps) {
  if (exact && isEmpty(value)) return <code className="font-mono">{JSON.stringify(value)}</code>
  if (value === null || value === undefined || (value === '' && !exact)) {
    return <span className="text-muted">{t`none`}</span>
  }
  if (typeof value === 'boolean') return value ? t`Yes` : t`No`
  if (typeof value !== 'object') {
    const text = typeof value === 'string' ? textOf(value, exact) : JSON.stringify(value)
    return <span className="wrap-anywhere whitespace-pre-wrap">{visibleText(text)}</span>
  }
  if (depth >= MAX_DEPTH) {
    return (
      <code className="font-mono text-[13px] wrap-anywhere">
        {visibleText(JSON.stringify(value))}
      </code>
    )
  }
  if (Array.isArray(value)) return <ListView items={value} exact={exact} depth={depth} />
  return (
    <dl className="grid grid-cols-[minmax(5rem,max-content)_minmax(0,1fr)] gap-x-4 gap-y-1 max-sm:grid-cols-[6rem_minmax(0,1fr)]">
      {Object.entries(value).map(([name, inner]) => {
        const { label, text } = readField(name, inner)
        return (
          <div key={name} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-muted wrap-anywhere">{label}</dt>
            <dd className="min-w-0 tabular-nums">
              {text ?? <ValueView value={inner} exact={exact} depth={depth + 1} />}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

interface ListViewProps {
  items: unknown[]
  exact: boolean
  depth: number
}

function ListView({ items, exact, depth }: ListViewProps) {
  if (items.length === 0) return <span className="text-muted">{t`none`}</span>
  const isPlain = items.every((item) => typeof item !== 'object' || item === null)
  const shown = items.slice(0, MAX_ITEMS)
  const more = items.length - shown.length
  return (
    <ul className={isPlain ? 'list-inside list-disc' : 'space-y-2'}>
      {shown.map((item, index) => (
        // Items of a stored value never move.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index} className={isPlain ? '' : 'border-l border-line pl-3'}>
          <ValueView value={item} exact={exact} depth={depth + 1} />
        </li>
      ))}
      {more > 0 && <li className="text-muted">{t`and ${more.toLocaleString(language())} more`}</li>}
    </ul>
  )
}

function isEmpty(value: unknown): boolean {
  if (value === null) return true
  return typeof value === 'object' && Object.keys(value ?? {}).length === 0
}

function textOf(text: string, exact: boolean): string {
  return exact ? exactText(text) : text
}
