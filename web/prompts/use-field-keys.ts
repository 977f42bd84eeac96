import { type RefObject, useLayoutEffect } from 'react'

interface FieldKeys {
  listId: string
  /** The option that Enter chooses. */
  activeId: string | null
  onMove: (step: 1 | -1) => void
  /** Returns false if there is nothing to choose. */
  onChoose: () => boolean
  onClose: () => void
}

/**
 * Makes the composer the owner of a listbox while this is mounted. The listeners are on the field
 * itself, so that they come before those of the composer and of the page.
 */
export function useFieldKeys(field: RefObject<HTMLTextAreaElement | null>, keys: FieldKeys): void {
  useLayoutEffect(() => {
    const element = field.current
    if (element === null) return
    const attributes = {
      'aria-autocomplete': 'list',
      'aria-haspopup': 'listbox',
      'aria-controls': keys.listId,
      ...(keys.activeId !== null && { 'aria-activedescendant': keys.activeId }),
    }
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.isComposing || !isHandled(event, keys)) return
      event.preventDefault()
      event.stopPropagation()
    }
    const onBlur = () => {
      // Another window may have the focus for a while.
      if (document.activeElement !== element) keys.onClose()
    }
    element.addEventListener('keydown', onKeyDown)
    element.addEventListener('blur', onBlur)
    return () => {
      for (const name of Object.keys(attributes)) element.removeAttribute(name)
      element.removeEventListener('keydown', onKeyDown)
      element.removeEventListener('blur', onBlur)
    }
  })
}

function isHandled(
  { key, shiftKey, ctrlKey, altKey, metaKey }: KeyboardEvent,
  keys: FieldKeys,
): boolean {
  if (shiftKey || ctrlKey || altKey || metaKey) return false
  if (key === 'Escape') keys.onClose()
  else if (key === 'ArrowDown') keys.onMove(1)
  else if (key === 'ArrowUp') keys.onMove(-1)
  else return (key === 'Enter' || key === 'Tab') && keys.onChoose()
  return true
}
