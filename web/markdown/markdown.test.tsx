import { beforeAll, expect, test, vi } from 'vitest'
import { halfWritten } from './samples/half-written.ts'
import { hostile } from './samples/hostile.ts'
import rich from './samples/rich.md?raw'
import { drawn, openPage } from '../testing/markdown-page.tsx'
import { loadHighlight } from './loaded-highlight.ts'

beforeAll(loadHighlight)

test('every beginning of a document is drawn, and the text a reader sees does not shrink', () => {
  const page = openPage()
  let seen = 0
  for (let end = 1; end <= rich.length; end += 1) {
    page.draw(rich.slice(0, end), true)
    const now = visible(page.element).length
    // A mark that turns out to be one may go: two or three characters, never a word.
    expect(now, `after ${JSON.stringify(rich.slice(end - 40, end))}`).toBeGreaterThan(seen - 4)
    seen = now
  }
})

test('however a document arrived, it ends up the same', async () => {
  const whole = drawn(rich)
  for (const size of [1, 3, 17, 400]) {
    const page = openPage()
    for (let end = size; end < rich.length; end += size) page.draw(rich.slice(0, end), true)
    page.draw(rich, true)
    page.draw(rich)
    await vi.waitFor(() => expect(page.element.innerHTML).toBe(whole.innerHTML))
  }
})

test('while a document arrives, it stands there as if it had been drawn from scratch', () => {
  const page = openPage()
  for (let end = 1; end <= rich.length; end += 3) {
    const beginning = rich.slice(0, end)
    page.draw(beginning, true)
    expect(settled(page.element), beginning.slice(-40)).toBe(settled(drawn(beginning, true)))
  }
})

test.each(halfWritten)('half-written $text reads as $shows', ({ text, shows, as }) => {
  const element = drawn(text, true)

  expect(element.textContent.trim()).toBe(shows.trim())
  for (const selector of as) expect(element.querySelector(selector), selector).not.toBeNull()
})

test('a text that is replaced is drawn anew', () => {
  const page = openPage()
  page.draw('# One\n\nand more', true)
  page.draw('Two', true)

  expect(page.element.innerHTML).toContain('<p>Two</p>')
  expect(page.element.textContent).toBe('Two')
})

test('hostile text stays text', async () => {
  const element = drawn(hostile.join('\n\n'))
  await vi.waitFor(() => expect(element.querySelector('.katex')).not.toBeNull())

  expect(element.querySelectorAll('script, img, iframe, form, base, meta, object')).toHaveLength(0)
  for (const node of element.querySelectorAll('*')) {
    for (const { name } of node.attributes) expect(name).not.toMatch(/^on/)
  }
  const addresses = [...element.querySelectorAll('a')].map((link) => link.getAttribute('href'))
  // The first is written out in a style sheet that is text.
  expect(addresses).toEqual(['https://evil.example/x.css', 'https://example.org/'])
  expect(element.textContent).toContain('<script>window.pwned = 1</script>')
  expect(element.textContent).toContain('<img src=x onerror="window.pwned = 2">')
})

test('every control has a name', () => {
  const element = drawn(`${rich}\n\n${hostile.join('\n\n')}`)
  const controls = [...element.querySelectorAll('a, button, input, [tabindex]')]

  expect(controls.length).toBeGreaterThan(20)
  for (const control of controls) {
    expect(control.getAttribute('aria-label') ?? control.textContent).not.toBe('')
  }
})

test('a link opens in a tab of its own and names its host unless its text does', () => {
  const element = drawn(
    '[docs](https://www.example.org/a) <https://example.org/b> [x.org](http://y.org)',
  )
  const [docs, plain, disguised] = element.querySelectorAll('a')

  expect(docs?.getAttribute('href')).toBe('https://www.example.org/a')
  expect(docs?.getAttribute('target')).toBe('_blank')
  expect(docs?.getAttribute('rel')).toBe('noopener noreferrer nofollow ugc')
  expect(docs?.nextSibling?.textContent).toBe(' (www.example.org)')
  expect(plain?.nextSibling?.textContent).toBe(' ')
  expect(disguised?.nextSibling?.textContent).toBe(' (y.org)')
})

test('a link without a text is named by its host', () => {
  const element = drawn(
    '[](https://example.org/a) [![](https://img.example.org/b.png)](https://example.org)',
  )

  const names = [...element.querySelectorAll('a')].map((link) => link.textContent)
  expect(names).toEqual(['example.org', 'example.org'])
})

test('a remote image is a button that opens it, and loads nothing', () => {
  const open = vi.spyOn(window, 'open').mockReturnValue(null)
  const element = drawn(
    '![A cat](https://img.example.org/cat.png) ![inline](data:image/png;base64,AA)',
  )
  const [button, ...others] = element.querySelectorAll('button')
  button?.click()

  expect(button?.textContent).toBe('Open image from img.example.org')
  expect(open).toHaveBeenCalledWith(
    'https://img.example.org/cat.png',
    '_blank',
    'noopener,noreferrer',
  )
  expect(others).toHaveLength(0)
  expect(element.textContent).toContain('inline (image not shown)')
})

test('code is copied as it was written', async () => {
  const writeText = vi.fn<() => Promise<void>>(async () => {})
  vi.stubGlobal('navigator', { clipboard: { writeText } })
  const element = drawn('```py\ndef f():\n\treturn "<b>"\n\n```')
  const button = element.querySelector('button')
  button?.click()

  expect(button?.getAttribute('aria-label')).toBe('Copy code')
  expect(writeText).toHaveBeenCalledWith('def f():\n\treturn "<b>"\n')
  await vi.waitFor(() => expect(element.querySelector('output')?.textContent).toBe('Copied'))
  vi.unstubAllGlobals()
})

test('code in a list is copied with its tabs', () => {
  const writeText = vi.fn<() => Promise<void>>(async () => {})
  vi.stubGlobal('navigator', { clipboard: { writeText } })
  const element = drawn(
    '1. Build:\n\n   ```make\n   all:\n   \tcc a.c\n   ```\n\n> ```\n> \tquoted\n> ```',
  )
  for (const button of element.querySelectorAll('button')) button.click()

  expect(writeText.mock.calls).toEqual([['all:\n\tcc a.c'], ['\tquoted']])
  vi.unstubAllGlobals()
})

test('a note holds its paragraphs, and brackets without a note stay brackets', () => {
  const element = drawn('See[^1] and [^a-z].\n\n[^1]: One\n[^2]: Two\n\n    More of two.')
  const notes = [...element.querySelectorAll('.md-footnote')]

  expect(notes.map((note) => note.textContent)).toEqual(['1 One', '2 TwoMore of two.'])
  expect(notes[1]?.querySelectorAll('p')).toHaveLength(2)
  expect(element.querySelector('p')?.textContent).toBe('See1 and [^a-z].')
  expect(element.querySelector('code')).toBeNull()
})

test('a definition that arrives in pieces leads to its whole address', () => {
  const text =
    'See [a\\]b] and [c].\n\n[a\\]b]: https://example.org/whole\n[c]:\n  https://example.net/c\n  "Title"'
  const page = openPage()
  for (let end = 1; end <= text.length; end += 1) page.draw(text.slice(0, end), true)
  page.draw(text)

  const links = [...page.element.querySelectorAll('a')]
  expect(links.map((link) => [link.href, link.title])).toEqual([
    ['https://example.org/whole', ''],
    ['https://example.net/c', 'Title'],
  ])
})

test('characters without a shape of their own stay in the text as they are', () => {
  const text = 'a\u202eb\u2066c\u200bd\u00ade\u0007f'

  expect(drawn(text).textContent).toBe(text)
  expect(drawn(`\`${text}\``).querySelector('code')?.textContent).toBe(text)
})

test('code that the browser does not let be copied is said not to be', async () => {
  vi.stubGlobal('navigator', {})
  const element = drawn('```py\nx\n```')
  element.querySelector('button')?.click()
  await vi.waitFor(() => expect(element.querySelector('output')?.textContent).toBe('Not copied'))
  vi.unstubAllGlobals()
})

test('a string over several lines of code has its colour once the block is whole', async () => {
  const page = openPage()
  const code = '```py\nx = """one\ntwo"""\n'
  page.draw(code, true)
  const second = () => page.element.querySelectorAll('.md-line')[1]
  expect(second()?.querySelector('.md-string')?.textContent).not.toBe('two"""')

  page.draw(`${code}\`\`\`\n`, true)
  await vi.waitFor(() => expect(second()?.querySelector('.md-string')?.textContent).toBe('two"""'))
})

test('a formula is set when it is whole, and one that cannot be set stays as written', async () => {
  const element = drawn('Here $x^2$ and\n\n$$\n\\frac{1}{2}\n$$\n\nand $\\nonsense{$')
  await vi.waitFor(() => expect(element.querySelectorAll('.katex')).toHaveLength(2))
  await vi.waitFor(() =>
    expect(element.querySelector('code.md-formula')?.textContent).toBe('\\nonsense{'),
  )
  expect(element.querySelector('.katex-display')).not.toBeNull()
})

test('a table has column headers and as many cells in every row', () => {
  const element = drawn('| a | b |\n|:-:|--:|\n| 1 |\n| 1 | 2 | 3 |')

  expect(element.querySelectorAll('th[scope=col]')).toHaveLength(2)
  const rows = [...element.querySelectorAll('tbody tr')].map((row) => row.children.length)
  expect(rows).toEqual([2, 2])
})

test('a long answer is drawn in parts, none of which begins right below a heading', async () => {
  const element = drawn('# One\n\nand\n\nmore\n\n'.repeat(40))
  const sections = [...element.querySelectorAll('.md-section')]

  expect(sections.length).toBeGreaterThan(3)
  for (const section of sections) {
    expect(section.previousElementSibling?.localName).not.toBe('h1')
    expect(section.previousElementSibling?.lastElementChild?.localName).not.toBe('h1')
  }
  // All but the last may be left out while they are off the screen, once they were laid out.
  expect(element.querySelectorAll('[data-far]')).toHaveLength(0)
  await vi.waitFor(() =>
    expect(element.querySelectorAll('[data-far]')).toHaveLength(sections.length - 1),
  )
})

test('a long list goes on counting in its next part', () => {
  const items = Array.from({ length: 120 }, (_, index) => `${index + 3}. item`)
  const lists = [...drawn(items.join('\n')).querySelectorAll('ol')]

  expect(lists.map(({ start }) => start)).toEqual([3, 53, 103])
  expect(lists.map((list) => list.children.length)).toEqual([50, 50, 20])
})

test('beyond 100,000 characters text is shown as it was written, until the reader asks', async () => {
  const text = `**word** ${'and so on '.repeat(100)}\n\n`.repeat(150)
  const element = drawn(text)
  const strong = () => element.querySelectorAll('strong').length
  await vi.waitFor(() => expect(strong()).toBe(99), 10_000)
  expect(element.textContent).toContain('**word**')

  const button = [...element.querySelectorAll('button')].find(
    ({ textContent }) => textContent === 'Render anyway',
  )
  button?.click()
  await vi.waitFor(() => expect(strong()).toBe(150), 10_000)
  expect(element.textContent).not.toContain('**word**')
})

test('absurd nesting is shown as it was written', async () => {
  const quotes = `${'> '.repeat(5_000)}deep`
  const marks = '*a **b '.repeat(3_000)
  const brackets = `${'['.repeat(5_000)}x`

  // Reading goes on in turns.
  const deep = drawn(quotes)
  const written = () => deep.textContent.replaceAll('\n', '')
  await vi.waitFor(() => expect(written()).toContain(quotes), 10_000)
  expect(written()).toContain('nested too deeply')
  const marked = drawn(marks, true)
  await vi.waitFor(() => expect(visible(marked).length).toBeGreaterThan(3_000), 10_000)
  const opened = drawn(brackets)
  await vi.waitFor(() => expect(visible(opened)).toContain('x'), 10_000)
})

function visible(element: HTMLElement): string {
  return element.textContent.replace(/\s/g, '')
}

/** Without what comes when nothing else is to do: colours, set formulas, boxes that were laid out. */
function settled(element: HTMLElement): string {
  const copy = document.createElement('div')
  copy.append(...[...element.childNodes].map((node) => node.cloneNode(true)))
  for (const late of copy.querySelectorAll('.md-line, .md-formula')) {
    const source = late.querySelector('annotation')?.textContent
    late.textContent = source ?? late.textContent
  }
  for (const box of copy.querySelectorAll('[data-sized]')) {
    box.removeAttribute('data-sized')
    box.removeAttribute('data-far')
  }
  return copy.innerHTML
}
