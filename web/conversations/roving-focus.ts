// One tab stop for a list: the arrow keys move within it. Items are marked `data-item`; the button in the
// same row opens what can be done with it, and is reached with the right arrow.
import { type FocusEvent, type KeyboardEvent, useCallback } from 'react'

const ITEM = '[data-item]'

/** The props of the element around the list. */
export function useRovingFocus() {
  const ref = useCallback((list: HTMLElement | null) => {
    if (list === null) return
    const keepStop = () => {
      if (list.querySelector(`${ITEM}[tabindex="0"]`) === null) {
        moveStop(list, list.querySelector(`${ITEM}[aria-current]`) ?? list.querySelector(ITEM))
      }
    }
    keepStop()
    const observer = new MutationObserver(keepStop)
    observer.observe(list, { childList: true, subtree: true })
    return () => observer.disconnect()
  }, [])
  return { ref, onFocus, onKeyDown }
}

function onFocus({ currentTarget, target }: FocusEvent<HTMLElement>): void {
  if (target.matches(ITEM)) moveStop(currentTarget, target)
}

function moveStop(list: HTMLElement, to: Element | null): void {
  for (const item of list.querySelectorAll<HTMLElement>(`${ITEM}[tabindex="0"]`)) item.tabIndex = -1
  if (to instanceof HTMLElement) to.tabIndex = 0
}

function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
  const { currentTarget, target, key } = event
  if (!(target instanceof HTMLElement) || event.altKey || event.ctrlKey || event.metaKey) return
  const row = target.closest('li')
  const next = target.matches(ITEM)
    ? fromItem(key, target, [...currentTarget.querySelectorAll<HTMLElement>(ITEM)])
    : key === 'ArrowLeft' && target.matches('[aria-haspopup]')
      ? row?.querySelector<HTMLElement>(ITEM)
      : null
  if (!next) return
  event.preventDefault()
  next.focus()
}

function fromItem(key: string, item: HTMLElement, items: HTMLElement[]): HTMLElement | null {
  const at = items.indexOf(item)
  const expanded = item.getAttribute('aria-expanded')
  switch (key) {
    case 'ArrowDown':
      return items[at + 1] ?? null
    case 'ArrowUp':
      return items[at - 1] ?? null
    case 'Home':
      return items[0] ?? null
    case 'End':
      return items.at(-1) ?? null
    case 'ArrowLeft':
      if (expanded === 'true') item.click()
      return null
    case 'ArrowRight':
      if (expanded === 'false') item.click()
      else return item.closest('li')?.querySelector<HTMLElement>('[aria-haspopup]') ?? null
  }
  return null
}
