import { beforeAll, expect, test } from 'vitest'
import { BlockParser } from './block-parser.ts'
import type { Block, Item } from './blocks.ts'
import { PlainText } from './plain-text.ts'
import { loadExtras } from './lazy-extras.ts'

beforeAll(loadExtras)

test.each([
  ['two paragraphs', 'one\nstill one\n\ntwo', ['p(one|still one)', 'p(two)']],
  ['headings of both kinds', '# One\nTwo\n===\nThree\n---', ['h1(One)', 'h1(Two)', 'h2(Three)']],
  ['a rule and a list of dashes', '---\n- a\n- - -', ['rule', 'ul(li(p(a)))', 'rule']],
  ['nested lists', '- a\n  1. b\n  2. c\n- d', ['ul(li(p(a) ol(li(p(b)) li(p(c)))) li(p(d)))']],
  ['a loose list', '- a\n\n- b', ['loose-ul(li(p(a)) li(p(b)))']],
  ['a tight list with a blank line behind', '- a\n- b\n\nc', ['ul(li(p(a)) li(p(b)))', 'p(c)']],
  ['tasks', '- [ ] a\n- [x] b', ['ul(todo(p(a)) done(p(b)))']],
  ['a list that starts at 3', '3. a', ['ol3(li(p(a)))']],
  ['a number inside of a paragraph', 'in\n1984. Then', ['p(in|1984. Then)']],
  ['a quote with a lazy line', '> a\nb\n\nc', ['quote(p(a|b))', 'p(c)']],
  ['a quote in a list', '- > a\n  > b', ['ul(li(quote(p(a|b))))']],
  ['a fence', '```ts title\na\n\n  b\n```\nc', ['code:ts(a||  b|)', 'p(c)']],
  ['a fence inside of an item', '- a\n  ```\n  b\n  ```', ['ul(li(p(a) code(b|)))']],
  ['a longer fence around a shorter one', '````\n```\n````', ['code(```|)']],
  ['code by indentation', '    a\n\n    b\n\nc', ['code(a||b||)', 'p(c)']],
  [
    'a table',
    'x\n| a | b |\n|---|--:|\n| 1 | `2\\|3` |\n\ny',
    ['p(x)', 'table(a,b;1,`2|3`)', 'p(y)'],
  ],
  ['no table without a header as wide', '| a |\n|---|---|', ['p(| a |||---|---|)']],
  [
    'formulas',
    '$$\nx\n$$\n\\[ y \\]\n\\[not one](z)',
    ['math(x|)', 'math( y )', 'p(\\[not one](z))'],
  ],
  ['a definition', '[a]: https://example.org "A"\nb', ['p(b)']],
  ['a footnote', '[^1]: Note\nmore', ['note1(p(Note|more))']],
  ['footnotes on consecutive lines', '[^1]: A\n[^b]: B', ['note1(p(A))', 'noteb(p(B))']],
  [
    'a footnote of blocks',
    '[^1]: A\n\n    B\n\n    - c\n\nd',
    ['note1(p(A) p(B) ul(li(p(c))))', 'p(d)'],
  ],
  ['a footnote right below a paragraph', 'a[^1]\n[^1]: A', ['p(a[^1])', 'note1(p(A))']],
  ['a definition over several lines', '[a\nb]:\n  <c d>\n  "E\nf"\ng', ['p(g)']],
  ['definitions and an escaped bracket', '[a\\]b]: c\n[d]: e "f"', ['p()']],
  ['no definition with words behind it', '[a]: b c', ['p([a]: b c)']],
  ['an underline below a definition', '[a]: b\n===\nc', ['p()', 'p(===|c)']],
  [
    'tabs in code in a list',
    '- a\n\n  ```\n  \tb\n\tc\n  ```',
    ['loose-ul(li(p(a) code(\tb|  c|)))'],
  ],
  ['tabs in code in a quote', '> ```\n> \tb\n>\tc\n> ```', ['quote(code(\tb|  c|))']],
  ['tabs in indented code', '-\ta\n\n\t\t\tb\n', ['loose-ul(li(p(a) code(\tb|)))']],
  [
    'a task that looks like a list',
    '- [ ] 1. Install\n- [x] # b',
    ['ul(todo(p(1. Install)) done(p(# b)))'],
  ],
  ['a formula with a blank line', '$$\na\n\n+ b\n$$\n\nc', ['math(a||+ b|)', 'p(c)']],
  [
    'a formula without an end',
    '$$\na\n\nAnd then it ends.\n\n- b',
    ['math(a||)', 'p(And then it ends.)', 'ul(li(p(b)))'],
  ],
  [
    'escaped brackets',
    '\\[1\\]\n\n\\[x\\]\n\n\\[not a formula\\]',
    ['p(\\[1\\])', 'p(\\[x\\])', 'p(\\[not a formula\\])'],
  ],
  ['HTML as text', '<div>\n*a*\n</div>', ['p(<div>|*a*|</div>)']],
  ['line ends of other systems', 'a\r\n\r\n- b\r\n', ['p(a)', 'ul(li(p(b)))']],
  ['tabs', '-\ta\n\n\tb', ['loose-ul(li(p(a) p(b)))']],
])('%s', (_, text, blocks) => {
  expect(parsed(text).map(sketch)).toEqual(blocks)
})

test('any split of a text gives the same blocks', () => {
  const text =
    '# A\n\npara\n- b\n  - c\n\n  d\n```js\nx\n``\n```\n| h |\n|---|\n| r |\n\n> q\n> - z\n\n$$\nm\n$$\n[r]: http://x.y\nTitle\n---\n'
  const whole = JSON.stringify(parsed(text).map(sketch))
  for (let first = 0; first < text.length; first += 1) {
    for (const step of [1, 2, 7]) {
      const parser = new BlockParser(Infinity)
      parser.append(text.slice(0, first))
      for (let at = first; at < text.length; at += step) parser.append(text.slice(at, at + step))
      parser.finish()
      expect(JSON.stringify(parser.root.children.map(sketch))).toBe(whole)
    }
  }
})

test('very long lines and paragraphs are cut after a sentence, wherever the text was split', () => {
  const text = `${'Some words make a sentence. '.repeat(400)}\n${'A line of words.\n'.repeat(600)}`
  const whole = parsed(text)
  const parser = new BlockParser(Infinity)
  for (let at = 0; at < text.length; at += 11) parser.append(text.slice(at, at + 11))
  parser.finish()

  expect(parser.root.children.map(sketch)).toEqual(whole.map(sketch))
  expect(whole.length).toBeGreaterThan(4)
  for (const block of whole) {
    if (block.kind !== 'paragraph') throw new Error(`a ${block.kind} among the pieces`)
    expect(block.text.length).toBeLessThanOrEqual(4_096)
    expect(block.text.trimEnd()).toMatch(/[.]$/)
  }
})

test('a long line of code keeps every character', () => {
  const line = 'x'.repeat(10_000)
  const [code] = parsed(`\`\`\`\n${line}\n\`\`\``)

  expect(code?.kind === 'code' && code.lines.join('')).toBe(`${line}\n`)
})

test('a block that is closed is not written again', () => {
  const parser = new BlockParser(Infinity)
  parser.append('one\n\n- two\n- three\n')
  const [first, list] = parser.root.children
  const item = list?.kind === 'list' ? list.children[0] : undefined
  const before = [first?.version, item?.version]
  parser.append('- four\n\nfive')
  parser.finish()

  expect([first?.version, item?.version]).toEqual(before)
})

test('text beyond the limit is kept as it is', () => {
  const parser = new BlockParser(10)
  parser.append('# Heading\n\n# Not one\n')
  parser.finish()

  expect(parser.root.children.map(sketch)).toEqual(['h1(Heading)', 'plain(|# Not one|)'])
})

test('plain text has the same groups wherever it was split', () => {
  const text = `${'a\n'.repeat(130)}${'Words. '.repeat(3_000)}\n\nThe end`
  const whole = new PlainText(text)
  const split = new PlainText()
  for (const character of text) split.append(character)

  const groups = (plain: PlainText) =>
    Array.from({ length: plain.groupCount }, (_, group) => plain.linesOf(group))
  expect(groups(split)).toEqual(groups(whole))
  expect(groups(whole).flat().join('')).toBe(text)
  expect(groups(whole).map((lines) => lines.length)).toEqual([50, 50, 32, 3, 3])
})

test('nesting beyond what can be drawn is noticed', () => {
  const parser = new BlockParser(Infinity)
  parser.append('>'.repeat(150))
  expect(parser.tooDeep).toBe(false)
  parser.append(`${'>'.repeat(150)} deep`)
  expect(parser.tooDeep).toBe(true)
})

test.each([
  '[a]: b\n',
  '[a]: b "\n',
  '[a]:\n',
  '[^1]: a\n',
  '$$\n\n',
  '- [ ] 1. ',
  '> \t',
  'a\n:-\n',
])(
  'a long text full of %j is read at a cost that grows with its length',
  (part) => {
    const parser = new BlockParser(Infinity)
    const text = part.repeat(100_000 / part.length)
    for (let at = 0; at < text.length; at += 50) parser.append(text.slice(at, at + 50))
    parser.finish()
    expect(parser.root.children.length).toBeGreaterThan(0)
  },
  10_000,
)

function parsed(text: string): Block[] {
  const parser = new BlockParser(Infinity)
  parser.append(text)
  parser.finish()
  return parser.root.children
}

/** A block in as few characters as tell it apart; `|` is the end of a line. */
function sketch(block: Block | Item): string {
  const sketches = (children: (Block | Item)[]) => children.map(sketch).join(' ')
  switch (block.kind) {
    case 'paragraph':
      return `p(${lined(block.text)})`
    case 'heading':
      return `h${block.level}(${block.text})`
    case 'footnote':
      return `note${block.label}(${sketches(block.children)})`
    case 'code':
      return `code${block.language && `:${block.language}`}(${lined(block.lines.join(''))})`
    case 'math':
      return `math(${lined(block.lines.join(''))})`
    case 'plain':
      return `plain(${lined(block.content.text)})`
    case 'rule':
      return 'rule'
    case 'table':
      return `table(${[block.header, ...block.rows.map(({ cells }) => cells)].join(';')})`
    case 'quote':
      return `quote(${sketches(block.children)})`
    case 'list':
      return `${block.loose ? 'loose-' : ''}${listName(block.start)}(${sketches(block.children)})`
    case 'item':
      return `${itemName(block.task)}(${sketches(block.children)})`
  }
}

function lined(text: string): string {
  return text.replaceAll('\n', '|')
}

function listName(start: number | null): string {
  return start === null ? 'ul' : `ol${start === 1 ? '' : start}`
}

function itemName(task: boolean | null): string {
  if (task === null) return 'li'
  return task ? 'done' : 'todo'
}
