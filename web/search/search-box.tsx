import { type ReactNode, useState } from 'react'
import { lazyPart, NotLoaded } from '../ui/lazy-part.tsx'
import { focusHit, SEARCH_ID } from './search-focus.ts'
import { t } from '#shared/translate.ts'

const SearchResults = lazyPart(() => import('./search-results.tsx'), 'SearchResults', {
  failed: NotLoaded,
})

interface SearchBoxProps {
  onNavigate: (() => void) | undefined
  /** What the results replace. */
  children: ReactNode
}

export function SearchBox({ onNavigate, children }: SearchBoxProps) {
  const [text, setText] = useState('')
  return (
    <>
      <input
        id={SEARCH_ID}
        type="search"
        aria-label={t`Search`}
        placeholder={t`Search`}
        autoComplete="off"
        maxLength={1000}
        value={text}
        className="mx-2 mb-3 h-8 shrink-0 rounded-lg border border-line bg-surface px-2.5 text-sm placeholder:text-muted pointer-coarse:h-11"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setText('')
          if (event.key === 'ArrowDown' && focusHit(1)) event.preventDefault()
        }}
      />
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 pt-1">
        {text.trim() === '' ? children : <SearchResults text={text} onNavigate={onNavigate} />}
      </div>
    </>
  )
}
