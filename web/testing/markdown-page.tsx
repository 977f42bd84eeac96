// A page for the tests of this folder: one text, drawn at once and without waiting.
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, vi } from 'vitest'
import { EverythingIsNear, NothingHappens } from './observer.ts'
import { Markdown } from '../markdown/markdown.tsx'

// Before each test: a test may take back everything that is stubbed.
beforeEach(() => {
  vi.stubGlobal('ResizeObserver', NothingHappens)
  vi.stubGlobal('IntersectionObserver', EverythingIsNear)
})

let leave: (() => void)[] = []

export interface TestPage {
  element: HTMLElement
  draw(text: string, streaming?: boolean): void
}

export function openPage(): TestPage {
  const element = document.body.appendChild(document.createElement('div'))
  const root = createRoot(element)
  leave.push(() => {
    root.unmount()
    element.remove()
  })
  return {
    element,
    draw: (text, streaming = false) =>
      flushSync(() => root.render(<Markdown text={text} streaming={streaming} />)),
  }
}

/** One text on a page of its own. */
export function drawn(text: string, streaming = false): HTMLElement {
  const page = openPage()
  page.draw(text, streaming)
  return page.element
}

afterEach(() => {
  for (const close of leave) close()
  leave = []
})
