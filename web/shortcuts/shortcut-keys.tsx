import { useEffect, useMemo, useState } from 'react'
import { DialogNotLoaded } from '../ui/dialog-not-loaded.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import type { AppActions } from './actions.ts'
import { chosenCombos } from './chosen-combos.ts'
import { comboOf, isTyping } from './combos.ts'
import { CommandPalette } from './command-palette.tsx'

const ShortcutsDialog = lazyPart(() => import('./shortcuts-dialog.tsx'), 'ShortcutsDialog', {
  failed: DialogNotLoaded,
})

interface ShortcutKeysProps {
  /** What this was loaded for: a key, or a dialog to open. */
  first: Event
  app: Omit<AppActions, 'open'>
}

/** Listens for shortcuts. Loads with the first key that is pressed. */
export function ShortcutKeys({ first, app }: ShortcutKeysProps) {
  const [opened, setOpened] = useState<'palette' | 'shortcuts' | null>(() => openedBy(first))
  const actions = useMemo(() => ({ ...app, open: setOpened }), [app])
  const close = () => setOpened(null)

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => runShortcut(event, actions)
    const onOpen = () => setOpened('shortcuts')
    addEventListener('keydown', onKeyDown)
    addEventListener('open-shortcuts', onOpen)
    return () => {
      removeEventListener('keydown', onKeyDown)
      removeEventListener('open-shortcuts', onOpen)
    }
  }, [actions])
  useEffect(() => {
    if (first instanceof KeyboardEvent && openedBy(first) === null) runShortcut(first, actions)
    // Only once: it is the key that came before this was loaded.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies, react/exhaustive-deps
  }, [])

  if (opened === 'palette') return <CommandPalette app={actions} onClose={close} />
  return opened === 'shortcuts' ? <ShortcutsDialog onClose={close} /> : null
}

function openedBy(first: Event): 'palette' | 'shortcuts' | null {
  if (!(first instanceof KeyboardEvent)) return 'shortcuts'
  const combo = comboOf(first)
  const { id = '' } = (combo !== null && chosenCombos.actionOf(combo)) || {}
  if (id === 'palette') return id
  return id === 'shortcuts' && !isTyping(first.target) ? id : null
}

function runShortcut(event: KeyboardEvent, actions: AppActions): void {
  const combo = comboOf(event)
  if (combo === null || event.isComposing || event.repeat) return
  if (isTyping(event.target) && !combo.startsWith('Mod+')) return
  if (document.querySelector('dialog[open]') !== null) return
  const action = chosenCombos.actionOf(combo)
  if (action === undefined) return
  event.preventDefault()
  action.run(actions)
}
