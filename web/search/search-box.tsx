import { SlidersHorizontal } from 'lucide'
import { type ReactNode, useId, useState } from 'react'
import { Icon } from '../ui/icon.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { lazyPart, NotLoaded } from '../ui/lazy-part.tsx'
import { focusHit, focusSearch, SEARCH_ID } from './search-focus.ts'
import { t } from '#shared/translate.ts'

const SearchResults = lazyPart(() => import('./search-results.tsx'), 'SearchResults', {
  failed: NotLoaded,
})
const SearchFilters = lazyPart(() => import('./search-filters.tsx'), 'SearchFilters', {
  failed: NotLoaded,
})

interface SearchBoxProps {
  onNavigate: (() => void) | undefined
  /** What the results replace. */
  children: ReactNode
}

export function SearchBox({ onNavigate, children }: SearchBoxProps) {
  const [text, setText] = useState('')
  const [showsFilters, setShowsFilters] = useState(false)
  const filtersId = useId()
  const addFilter = (filter: string) => {
    setText((before) => (before.trim() === '' ? filter : `${before.trimEnd()} ${filter}`))
    focusSearch()
  }
  return (
    <>
      <div className="flex items-center gap-1 px-2 pb-3">
        {/* Before the field, so that Tab goes from the field to what it finds. */}
        <IconButton
          label={t`Search filters`}
          aria-expanded={showsFilters}
          aria-controls={filtersId}
          onClick={() => setShowsFilters(!showsFilters)}
        >
          <Icon of={SlidersHorizontal} />
        </IconButton>
        <input
          id={SEARCH_ID}
          type="search"
          aria-label={t`Search`}
          placeholder={t`Search`}
          autoComplete="off"
          maxLength={1000}
          value={text}
          className="h-8 min-w-0 flex-1 rounded-lg border border-line bg-surface px-2.5 text-sm placeholder:text-muted pointer-coarse:h-11"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setText('')
            if (event.key === 'ArrowDown' && focusHit(1)) event.preventDefault()
          }}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pt-1">
        <div id={filtersId}>{showsFilters && <SearchFilters onAdd={addFilter} />}</div>
        {text.trim() === '' ? children : <SearchResults text={text} onNavigate={onNavigate} />}
      </div>
    </>
  )
}
