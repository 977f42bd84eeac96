// Keeps what the reader looks at where it is when messages come in or go above it. Browsers do
// this by themselves only away from the very top, and not all of them. The place is read in the
// moment before the page changes: what was read earlier misses how far the reader scrolled since.
import { Component, type RefObject } from 'react'

interface Props {
  content: RefObject<HTMLElement | null>
  /** Of the first message that is here. */
  firstKey: string | undefined
}

interface Anchor {
  element: Element
  top: number
}

export class ScrollAnchoring extends Component<Props> {
  override getSnapshotBeforeUpdate(before: Props): Anchor | null {
    const { content, firstKey } = this.props
    return before.firstKey === firstKey ? null : anchorIn(content.current)
  }

  override componentDidUpdate(_before: Props, _state: unknown, anchor: Anchor | null) {
    if (anchor === null || !anchor.element.isConnected) return
    const moved = anchor.element.getBoundingClientRect().top - anchor.top
    if (Math.abs(moved) > 0.5) scrollerOf(anchor.element)?.scrollBy(0, moved)
  }

  override render() {
    return null
  }
}

/** The first message of which anything can be seen. */
function anchorIn(content: HTMLElement | null): Anchor | null {
  if (content === null) return null
  const edge = scrollerOf(content)?.getBoundingClientRect().top ?? 0
  for (const element of content.querySelectorAll('article')) {
    const { top, bottom } = element.getBoundingClientRect()
    if (bottom > edge) return { element, top }
  }
  return null
}

function scrollerOf(element: Element): Element | null {
  return element.closest('[role=log]')
}
