import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { ProviderModels } from '#shared/api.ts'
import { modelsQuery } from '../api/queries.ts'
import { Link } from '../router.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { MenuItems } from '../ui/menu-items.tsx'
import { closePopup } from '../ui/popup.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { ModelGroups } from './model-group.tsx'
import { filterModels, type ModelChoice } from './model-label.ts'
import { t } from '#shared/translate.ts'

const FILTER_FROM = 8
/** Short enough that a local server that has just started appears while the menu is open. */
const LOOK_AGAIN_MS = 5_000

interface ModelMenuProps {
  current: ModelChoice | null
  onChoose: (choice: ModelChoice) => void
}

export function ModelMenu({ current, onChoose }: ModelMenuProps) {
  const models = useQuery({
    ...modelsQuery(),
    staleTime: LOOK_AGAIN_MS,
    refetchInterval: LOOK_AGAIN_MS,
  })
  if (models.isPending) return <Skeleton className="m-4 h-24" />
  if (models.data === undefined) {
    return (
      <ErrorState
        title={t`Models could not be loaded`}
        error={models.error}
        onRetry={() => void models.refetch()}
      />
    )
  }
  return (
    <MenuItems>
      <Choices providers={models.data.items} current={current} onChoose={onChoose} />
    </MenuItems>
  )
}

function Choices({ providers, ...choice }: ModelMenuProps & { providers: ProviderModels[] }) {
  const ref = useRef<HTMLDivElement>(null)
  const [filter, setFilter] = useState('')
  const count = providers.reduce((sum, { models }) => sum + models.length, 0)
  const shown = filterModels(providers, filter)

  useEffect(() => {
    ref.current
      ?.querySelector('[role=menuitemradio][aria-checked=true]')
      ?.scrollIntoView({ block: 'nearest' })
  }, [])

  const chooseFirst = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    // Focus moves to the menu's button, which the same key press would click.
    event.preventDefault()
    ref.current?.querySelector<HTMLElement>('[role^=menuitem]')?.click()
  }

  return (
    <div ref={ref} className="flex max-h-[min(28rem,70dvh)] flex-col">
      {count > FILTER_FROM && (
        <input
          type="search"
          aria-label={t`Filter models`}
          placeholder={t`Filter`}
          className="m-2 h-9 shrink-0 rounded-lg border border-line-strong bg-surface px-3 pointer-coarse:h-11"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          onKeyDown={chooseFirst}
        />
      )}
      <div role="menu" aria-label={t`Models`} tabIndex={-1} className="overflow-y-auto p-1">
        <ModelGroups providers={shown} {...choice} />
      </div>
      {shown.length === 0 && (
        <output className="block px-4 pb-4 text-muted">{t`No model matches “${filter}”.`}</output>
      )}
      <div className="flex flex-wrap items-center justify-between gap-x-3 border-t border-line px-3.5 py-1 text-xs text-muted">
        <p className="py-1">{t`US dollars per million tokens`}</p>
        <Link
          href="/settings/providers"
          className="inline-flex min-h-6 items-center underline underline-offset-2 hover:text-ink pointer-coarse:min-h-11"
          onClick={({ currentTarget }) => closePopup(currentTarget)}
        >
          {t`Connect a provider`}
        </Link>
      </div>
    </div>
  )
}
