// Incomplete and hostile texts, drawn in a real browser.
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { Markdown } from '../../../web/markdown/markdown.tsx'
import { halfWritten } from '../../../web/markdown/samples/half-written.ts'
import { hostile } from '../../../web/markdown/samples/hostile.ts'
import rich from '../../../web/markdown/samples/rich.md?raw'

export const samples = {
  /** Returns the number of incomplete texts, and those that look wrong. */
  halfWritten(): { all: number; wrong: string[] } {
    const wrong = halfWritten.filter(({ text, shows, as }) => {
      const element = draw(text, true)
      const shown = element.textContent.trim() === shows.trim()
      return !shown || as.some((selector) => element.querySelector(selector) === null)
    })
    return { all: halfWritten.length, wrong: wrong.map(({ text }) => text) }
  },

  /** Draws hostile texts at every length they have while streaming, and returns what went wrong. */
  async hostile(): Promise<string[]> {
    const text = hostile.join('\n\n')
    const box = document.body.appendChild(document.createElement('div'))
    const root = createRoot(box)
    const found = new Set<string>()
    for (let end = 0; end <= text.length; end += 1) {
      flushSync(() => root.render(<Markdown text={text.slice(0, end)} streaming />))
      for (const danger of dangersIn(box)) found.add(danger)
    }
    flushSync(() => root.render(<Markdown text={text} />))
    await new Promise((later) => setTimeout(later, 500))
    for (const danger of dangersIn(box)) found.add(danger)
    if ('pwned' in window) found.add('a script ran')
    return [...found]
  },

  /** Leaves everything with controls on the page. */
  controls(): void {
    document.body.replaceChildren(draw(`${rich}\n\n${hostile.join('\n\n')}`, false))
  },
}

function draw(text: string, streaming: boolean): HTMLElement {
  const box = document.body.appendChild(document.createElement('div'))
  flushSync(() => createRoot(box).render(<Markdown text={text} streaming={streaming} />))
  return box
}

function dangersIn(box: HTMLElement): string[] {
  const forbidden = 'script, style, iframe, img, svg image, object, embed, form, base, meta, link'
  const elements = [...box.querySelectorAll(forbidden)].map(({ localName }) => `<${localName}>`)
  const handlers = [...box.querySelectorAll('*')]
    .flatMap(({ attributes }) => [...attributes])
    .filter(({ name }) => name.startsWith('on'))
  const addresses = [...box.querySelectorAll<HTMLElement>('[href], [src], [action]')]
    .flatMap((element) => ['href', 'src', 'action'].map((name) => element.getAttribute(name)))
    .filter((address) => address !== null && !/^(?:https?:|mailto:)/.test(address))
  return [...elements, ...handlers.map(({ name }) => name), ...addresses.map(String)]
}
