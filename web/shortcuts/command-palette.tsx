import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import type { SearchHit } from '#shared/search.ts'
import { visibleText } from '#shared/visible-text.ts'
import { agentsQuery } from '../api/providers.ts'
import { conversationsQuery, modelsQuery } from '../api/queries.ts'
import { navigate } from '../router.tsx'
import { formatAge, hitHref, HitText } from '../search/hit-text.tsx'
import { useSearch } from '../search/use-search.ts'
import { Modal } from '../ui/modal.tsx'
import type { AppActions } from './actions.ts'
import { formatCombo } from './combos.ts'
import { type PaletteItem, paletteItems, rememberUse } from './palette-items.ts'
import { plural, t } from '#shared/translate.ts'

const MAX_HITS = 6

interface CommandPaletteProps {
  app: AppActions
  onClose: () => void
}

interface Offered extends PaletteItem {
  hit?: SearchHit
}

/** A combobox over everything: conversations, actions, models, agents, settings and messages. */
export function CommandPalette({ app, onClose }: CommandPaletteProps) {
  const id = useId()
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState(0)
  const items = useOffered(typed)
  const at = Math.min(active, items.length - 1)
  const optionId = (index: number) => `${id}-${index}`

  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, at])

  const choose = (item: Offered | undefined) => {
    if (item === undefined) return
    rememberUse(item)
    onClose()
    // When the dialog has given back the focus.
    setTimeout(() => item.run(app))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) setActive((at + step + items.length) % Math.max(1, items.length))
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) choose(items[at])
    else return
    event.preventDefault()
  }
  return (
    <Modal
      labelledBy={`${id}-title`}
      onClose={onClose}
      className="mx-auto mt-[12dvh] w-full max-w-xl rounded-2xl border border-line shadow-float max-sm:mt-2 max-sm:max-w-[calc(100vw-1rem)]"
    >
      <h2 id={`${id}-title`} className="sr-only">
        {t`Command palette`}
      </h2>
      <input
        data-autofocus
        role="combobox"
        aria-label={t`Command`}
        aria-expanded={items.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={items.length > 0 ? optionId(at) : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        maxLength={1000}
        placeholder={t`Go to a conversation, or do something`}
        value={typed}
        className="h-12 w-full border-b border-line bg-transparent px-4 text-base outline-none placeholder:text-muted"
        onChange={(event) => {
          setTyped(event.target.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id={`${id}-list`}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- select has no rich options
        role="listbox"
        aria-label={t`Commands`}
        tabIndex={-1}
        className="max-h-[min(26rem,60dvh)] overflow-y-auto overscroll-contain p-2"
      >
        {groupsOf(items).map(([group, offered]) => (
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
          <div key={group} role="group" aria-label={group}>
            <div aria-hidden className="px-2.5 pt-2 pb-1 text-xs font-medium text-muted">
              {group}
            </div>
            {offered.map(({ item, index }) => (
              <div
                key={item.id}
                id={optionId(index)}
                // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
                role="option"
                aria-selected={index === at}
                tabIndex={-1}
                className={`flex min-h-9 cursor-default items-center gap-3 rounded-lg px-2.5 py-1.5 text-sm pointer-coarse:min-h-11 ${index === at ? 'bg-accent-soft' : ''}`}
                onPointerMove={() => setActive(index)}
                onClick={() => choose(item)}
                onKeyDown={onKeyDown}
              >
                <OptionContent item={item} />
              </div>
            ))}
          </div>
        ))}
      </div>
      {items.length === 0 && (
        <p className="px-4 pb-5 text-center text-sm text-muted">{t`Nothing fits “${typed.trim()}”.`}</p>
      )}
      <output className="sr-only">
        {typed !== '' &&
          plural(items.length, { one: t`1 entry`, other: t`${items.length} entries` })}
      </output>
    </Modal>
  )
}

function OptionContent({ item: { label, combo, hit } }: { item: Offered }) {
  if (hit !== undefined) {
    return (
      <span className="min-w-0 flex-1">
        <span className="flex gap-3">
          <span className="min-w-0 flex-1 truncate">{label}</span>
          <span className="text-xs text-muted">{formatAge(hit.at)}</span>
        </span>
        <span className="block truncate text-xs text-muted">
          <HitText text={hit.snippet} marks={hit.snippetMarks} />
        </span>
      </span>
    )
  }
  return (
    <>
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {combo !== null && <kbd className="font-sans text-xs text-muted">{formatCombo(combo)}</kbd>}
    </>
  )
}

function useOffered(typed: string): Offered[] {
  const list = useQuery(conversationsQuery())
  const models = useQuery(modelsQuery())
  const agents = useQuery(agentsQuery())
  const { items: hits } = useSearch(typed)
  const items = paletteItems(typed, {
    conversations: list.data?.pages.flatMap((page) => page.items) ?? [],
    models: (models.data?.items ?? []).flatMap(({ name: provider, models: names }) =>
      names.map(({ id: model }) => ({ provider, model })),
    ),
    agents: agents.data?.items.filter(({ entry }) => entry) ?? [],
  })
  if (typed.trim() === '') return items
  return [...items, ...(hits ?? []).slice(0, MAX_HITS).map(toItem)]
}

function toItem(hit: SearchHit): Offered {
  const label = visibleText(hit.title)
  const run = () => navigate(hitHref(hit))
  return { id: hit.messageId, group: t`Messages`, label, combo: null, run, hit }
}

/** The items in their groups, with their place among all. */
function groupsOf(items: Offered[]): [string, { item: Offered; index: number }[]][] {
  const groups = new Map<string, { item: Offered; index: number }[]>()
  for (const [index, item] of items.entries()) {
    const group = groups.get(item.group) ?? []
    groups.set(item.group, [...group, { item, index }])
  }
  return [...groups]
}
