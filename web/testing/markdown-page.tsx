// Renders one Markdown text synchronously for component tests.
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeAll, beforeEach, vi } from 'vitest'
import { EverythingIsNear, NothingHappens } from './observer.ts'
import { loadExtras } from '../markdown/lazy-extras.ts'
import { Markdown } from '../markdown/markdown.tsx'

beforeAll(loadExtras)

// Runs before each test because a test may remove all stubs.
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

/** Renders a text on a new page. */
export function drawn(text: string, streaming = false): HTMLElement {
  const page = openPage()
  page.draw(text, streaming)
  return page.element
}

afterEach(() => {
  for (const close of leave) close()
  leave = []
})
