// Keyboard navigation of a menu. A filter field, if there is one, is the first stop.
import type { KeyboardEvent } from 'react'
import { closePopup } from './popup.ts'

/** An item beside another one is reached from that one. */
const STOPS = '[role^=menuitem]:not([data-beside]), input[type=search]'

/** Focuses the filter field, else the chosen item, else the first one. */
export function focusFirst(menu: HTMLElement): void {
  const start =
    menu.querySelector<HTMLElement>('input[type=search]') ??
    menu.querySelector<HTMLElement>('[aria-checked=true]:not([data-beside])') ??
    stopsOf(menu)[0]
  start?.focus()
}

export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.key === 'Tab') closePopup(event.currentTarget)
  const stops = stopsOf(event.currentTarget)
  const current = stops.findIndex((stop) => stop === document.activeElement)
  const next = nextStop(event, stops, current)
  if (next === null) return
  event.preventDefault()
  stops.at(next)?.focus()
}

function stopsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>(STOPS)]
}

function nextStop(event: KeyboardEvent, stops: HTMLElement[], current: number): number | null {
  if (event.key === 'ArrowDown') return (current + 1) % stops.length
  if (event.key === 'ArrowUp') return current <= 0 ? -1 : current - 1
  if (event.target instanceof HTMLInputElement) return null
  if (event.key === 'Home') return 0
  if (event.key === 'End') return -1
  return stopForLetter(event, stops)
}

/** Returns the first item that starts with the typed letter, or focuses the filter field. */
function stopForLetter(event: KeyboardEvent, stops: HTMLElement[]): number | null {
  if (event.key.length !== 1 || event.key === ' ' || event.ctrlKey || event.metaKey) return null
  const [first] = stops
  if (first instanceof HTMLInputElement) {
    first.focus()
    return null
  }
  const letter = event.key.toLowerCase()
  const found = stops.findIndex((stop) => stop.textContent.trim().toLowerCase().startsWith(letter))
  return found === -1 ? null : found
}
