// A panel that opens beside its button, on the browser's own popover and anchor positioning:
// it lies above everything, closes by Escape or a click elsewhere, and needs no measuring. Where
// anchors are not known yet it stands in the middle of the screen.
import type { ComponentProps } from 'react'

const PLACES = {
  'below-right': '[position-area:bottom_span-left]',
  'below-left': '[position-area:bottom_span-right]',
  'above-left': '[position-area:top_span-right]',
  'above-right': '[position-area:top_span-left]',
}
export type PopupPlacement = keyof typeof PLACES

/** What makes a `<div>` the panel of the button whose `popoverTarget` is its id. */
export function popupProps(
  place: PopupPlacement,
  className: string,
  onOpenChange: (open: boolean) => void,
): ComponentProps<'div'> {
  return {
    popover: 'auto',
    tabIndex: -1,
    className: `m-auto rounded-xl border border-line bg-surface text-sm text-ink shadow-float outline-none [position-try-fallbacks:flip-block,flip-inline,flip-block_flip-inline] supports-[position-area:bottom]:m-0 supports-[position-area:bottom]:my-1 ${PLACES[place]} ${className}`,
    onBeforeToggle: (event) => onOpenChange(event.newState === 'open'),
    onKeyDown: (event) => {
      if (event.key !== 'Escape') return
      // Nothing behind the panel is meant: neither the page nor a dialog it stands in.
      event.preventDefault()
      event.stopPropagation()
      event.currentTarget.hidePopover()
    },
  }
}

/** Closes the panel that `inside` stands in; focus goes back to its button. */
export function closePopup(inside: HTMLElement): void {
  inside.closest<HTMLElement>('[popover]')?.hidePopover()
}
