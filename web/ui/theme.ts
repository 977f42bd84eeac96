// The theme: light, dark, or the system's. The sidebar and the settings share the choice.
import { Monitor, Moon, Sun } from 'lucide'
import { useSyncExternalStore } from 'react'
import { readStored, writeStored } from './stored.ts'
import { t } from '#shared/translate.ts'

export const THEMES = [
  { name: 'light', label: t`Light`, icon: Sun },
  { name: 'dark', label: t`Dark`, icon: Moon },
  { name: 'system', label: t`System`, icon: Monitor },
]

// theme.js reads this before the first paint and after every `themechange`.
const STORED = 'tally.theme'
const CHANGED = 'themechange'

export function useTheme(): string {
  return useSyncExternalStore(subscribe, readTheme)
}

export function chooseTheme(name: string): void {
  writeStored(STORED, name)
  dispatchEvent(new Event(CHANGED))
}

function readTheme(): string {
  return readStored(STORED) ?? 'system'
}

function subscribe(notify: () => void): () => void {
  addEventListener(CHANGED, notify)
  return () => removeEventListener(CHANGED, notify)
}
