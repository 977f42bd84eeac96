import type { KeyboardEvent } from 'react'
import { Link } from '../router.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { formatAge, hitHref, HitText } from './hit-text.tsx'
import { focusHit } from './search-focus.ts'
import { type Search, useSearch } from './use-search.ts'
import { plural, t } from '#shared/translate.ts'

interface SearchResultsProps {
  text: string
  onNavigate: (() => void) | undefined
}

/** What was found, in the place of the conversation list. */
export function SearchResults({ text, onNavigate }: SearchResultsProps) {
  const search = useSearch(text)
  return (
    <section aria-label={t`Search results`}>
      <output className="block pb-1 pl-2.5 text-xs text-muted">{summaryOf(search)}</output>
      <Results search={search} onNavigate={onNavigate} />
    </section>
  )
}

function Results({
  search,
  onNavigate,
}: { search: Search } & Pick<SearchResultsProps, 'onNavigate'>) {
  const { items, loading, error } = search
  if (error !== null) {
    return <ErrorState title={t`Nothing was searched`} error={error} onRetry={search.retry} />
  }
  if (items === null) return <LoadingHits />
  if (items.length === 0 && !loading) {
    return <EmptyState title={t`Nothing found`}>{t`Try fewer or other words.`}</EmptyState>
  }
  return (
    <>
      <ul className={loading ? 'opacity-60 transition-opacity delay-150' : ''}>
        {items.map((hit) => (
          <li key={hit.messageId}>
            <Link
              href={hitHref(hit)}
              data-hit
              onKeyDown={moveFocus}
              onClick={onNavigate}
              className="block rounded-lg px-2.5 py-2 outline-offset-[-2px] hover:bg-line/50"
            >
              <span className="flex items-baseline gap-2 text-sm">
                <span className="min-w-0 flex-1 truncate font-medium">
                  <HitText text={hit.title} marks={hit.titleMarks} />
                </span>
                <time dateTime={hit.at} className="shrink-0 text-xs text-muted">
                  {formatAge(hit.at)}
                </time>
              </span>
              <span className="line-clamp-2 text-xs/4.5 wrap-anywhere text-muted">
                <HitText text={hit.snippet} marks={hit.snippetMarks} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {search.hasMore && (
        <Button className="mt-1 w-full" disabled={loading} onClick={search.loadMore}>
          {t`Show more`}
        </Button>
      )}
    </>
  )
}

function summaryOf({ items, hasMore, loading, error }: Search): string {
  if (error !== null) return ''
  if (items === null || loading) return t`Searching…`
  const { length } = items
  if (hasMore) return t`${length} or more results`
  return plural(length, { one: t`1 result`, other: t`${length} results` })
}

function moveFocus(event: KeyboardEvent) {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step !== 0 && focusHit(step)) event.preventDefault()
}

function LoadingHits() {
  return (
    <div className="space-y-5 px-2.5 pt-2">
      {['w-3/4', 'w-1/2', 'w-2/3'].map((width) => (
        <div key={width} className="space-y-2">
          <Skeleton className={`h-4 ${width}`} />
          <Skeleton className="h-3 w-full" />
        </div>
      ))}
    </div>
  )
}
