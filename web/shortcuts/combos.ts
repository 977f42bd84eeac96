// Key combinations, written like "Mod+Shift+K". Mod is Ctrl, or ⌘ on a Mac.
import { t } from '#shared/translate.ts'

const MODIFIERS = [
  'Control',
  'Meta',
  'Alt',
  'Shift',
  'AltGraph',
  'CapsLock',
  'Dead',
  'Unidentified',
]

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** Returns null while only modifiers are pressed. */
export function comboOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed): string | null {
  if (MODIFIERS.includes(key)) return null
  const name = key === ' ' ? 'Space' : key.length === 1 ? key.toUpperCase() : key
  // For a character such as "?", Shift is only how it is typed.
  const isShifted = shiftKey && (key.length > 1 || /\p{L}/u.test(key) || key === ' ')
  const parts = [(ctrlKey || metaKey) && 'Mod', altKey && 'Alt', isShifted && 'Shift', name]
  return parts.filter((part) => part !== false).join('+')
}

const LABELS: Record<string, string> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
}

const isMac = () => /mac|iphone|ipad/i.test(navigator.userAgent)

export function formatCombo(combo: string): string {
  const parts = combo.endsWith('++') ? [...combo.slice(0, -2).split('+'), '+'] : combo.split('+')
  const names = parts.map((part) => {
    if (part === 'Mod') return isMac() ? '⌘' : t`Ctrl`
    return LABELS[part] ?? part
  })
  return names.join(' ')
}

/** A shortcut must not take what someone types, unless Ctrl or ⌘ is held. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(?:input|textarea|select)$/i.test(target.tagName)
}
