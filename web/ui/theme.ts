// Light, dark, or what the system says: chosen in the sidebar or in the settings, the same in both.
import { Monitor, Moon, Sun } from 'lucide'
import { useSyncExternalStore } from 'react'
import { readStored, writeStored } from './stored.ts'

export const THEMES = [
  { name: 'light', label: 'Light', icon: Sun },
  { name: 'dark', label: 'Dark', icon: Moon },
  { name: 'system', label: 'System', icon: Monitor },
]

// theme.js reads it before the first paint, and again at every `themechange`.
const STORED = 'tally.theme'
const CHANGED = 'themechange'
const SYSTEM = 'system'

let chosen: string | null = null

export function useTheme(): string {
  return useSyncExternalStore(subscribe, readTheme)
}

export function chooseTheme(name: string): void {
  writeStored(STORED, name)
  chosen = name
  dispatchEvent(new Event(CHANGED))
}

/** What the browser could not store holds as long as the page. */
function readTheme(): string {
  return readStored(STORED) ?? chosen ?? SYSTEM
}

function subscribe(notify: () => void): () => void {
  for (const event of [CHANGED, 'storage']) addEventListener(event, notify)
  return () => {
    for (const event of [CHANGED, 'storage']) removeEventListener(event, notify)
  }
}
