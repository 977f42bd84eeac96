// A panel next to its button, built on the native popover and CSS anchor positioning. It is centered in
// browsers without anchor positioning.
import type { ComponentProps } from 'react'

const POSITION_CLASSES = {
  'below-right': '[position-area:bottom_span-left]',
  'below-left': '[position-area:bottom_span-right]',
  'above-left': '[position-area:top_span-right]',
  'above-right': '[position-area:top_span-left]',
}
export type PopupPlacement = keyof typeof POSITION_CLASSES

/** Returns the props of a `<div>` that is the panel of the button whose `popoverTarget` is its id. */
export function popupProps(
  placement: PopupPlacement,
  className: string,
  onOpenChange: (open: boolean) => void,
): ComponentProps<'div'> {
  return {
    popover: 'auto',
    tabIndex: -1,
    className: `m-auto rounded-xl border border-line bg-surface text-sm text-ink shadow-float outline-none [position-try-fallbacks:flip-block,flip-inline,flip-block_flip-inline] supports-[position-area:bottom]:m-0 supports-[position-area:bottom]:my-1 ${POSITION_CLASSES[placement]} ${className}`,
    onBeforeToggle: (event) => onOpenChange(event.newState === 'open'),
    onKeyDown: (event) => {
      if (event.key !== 'Escape') return
      // Keeps Escape from closing a dialog around the panel.
      event.preventDefault()
      event.stopPropagation()
      event.currentTarget.hidePopover()
    },
  }
}

/** Closes the panel that contains `inside`. Focus returns to its button. */
export function closePopup(inside: HTMLElement): void {
  inside.closest<HTMLElement>('[popover]')?.hidePopover()
}
