import { expect, test } from 'vitest'
import type { Inline } from './inline.ts'
import { parseInline } from './inline-parser.ts'
import type { Links } from './links.ts'

const links: Links = new Map([['docs', 'https://docs.example']])

test.each([
  ['**bold** and *slanted*', '<strong>bold</strong> and <em>slanted</em>'],
  ['__bold__ and _slanted_', '<strong>bold</strong> and <em>slanted</em>'],
  ['***both***', '<em><strong>both</strong></em>'],
  ['**a *b* c**', '<strong>a <em>b</em> c</strong>'],
  ['5*6*7', '5<em>6</em>7'],
  ['これは**「太字」**です。', 'これは<strong>「太字」</strong>です。'],
  ['snake_case_word', 'snake_case_word'],
  ['2 * 3 * 4', '2 * 3 * 4'],
  ['*foo**bar**baz*', '<em>foo<strong>bar</strong>baz</em>'],
  ['~~gone~~ and ~5', '<del>gone</del> and ~5'],
  ['`a` ``b ` c`` `d', '<code>a</code> <code>b ` c</code> `d'],
  ['`*not slanted*`', '<code>*not slanted*</code>'],
  ['\\*plain\\* \\\\', '*plain* \\'],
  ['[a](https://b.c "T")', '<link https://b.c>a</link>'],
  ['[a](<b c>) [d](e(f)g)', '<link b c>a</link> <link e(f)g>d</link>'],
  ['[a](x?b=1&amp;c=2)', '<link x?b=1&c=2>a</link>'],
  ['[no link] and [a](b c)', '[no link] and [a](b c)'],
  ['[the docs][docs], [Docs][], [docs]', ['the docs', 'Docs', 'docs'].map(toDocs).join(', ')],
  ['[[a](b)](c)', '[<link b>a</link>](c)'],
  ['![alt *text*](a.png)', '<image a.png>alt text</image>'],
  [
    '<https://a.b> <me@a.b>',
    '<link https://a.b>https://a.b</link> <link mailto:me@a.b>me@a.b</link>',
  ],
  ['(see https://a.b/c_d_e).', '(see <link https://a.b/c_d_e>https://a.b/c_d_e</link>).'],
  ['**https://a.b**', '<strong><link https://a.b>https://a.b</link></strong>'],
  [
    'www.a.b me.x@a.bc',
    '<link http://www.a.b>www.a.b</link> <link mailto:me.x@a.bc>me.x@a.bc</link>',
  ],
  ['a  \nb\\\nc\nd', 'a<break/>b<break/>c\nd'],
  ['a<br>b <b>c</b>', 'a<break/>b <b>c</b>'],
  ['&copy; &#65; &nothing; AT&T', '© A &nothing; AT&T'],
  ['$x^2$ for $5 and $10', '<math x^2/> for $5 and $10'],
  ['it is $20 or $x$', 'it is $20 or <math x/>'],
  ['\\(a\\) $$b$$ \\[c\\]', '<math a/> <display b/> <display c/>'],
  ['as noted[^1]', 'as noted<note 1/>'],
])('%s', (text, tree) => {
  expect(parseInline(text, false, links).map(sketch).join('')).toBe(tree)
})

test.each([
  ['marks', '*a **b '],
  ['closing marks', 'a** b* '],
  ['brackets', '['],
  ['half links', '[a](<b'],
  ['code', '` `` ```'],
  ['dollars', '$a '],
  ['addresses', 'https://a.b)))'],
])('a piece full of %s is read in a bounded number of steps', (_, part) => {
  const text = part.repeat(4_096 / part.length)
  const shown = parseInline(text, false, links).map(sketch).join('')

  expect(shown.length).toBeGreaterThan(text.length / 3)
})

test('an address may hold brackets in brackets, but not without end', () => {
  const address = (depth: number) => `a${'('.repeat(depth)}${')'.repeat(depth)}`
  const links = (depth: number) =>
    parseInline(`[a](${address(depth)})`, false, new Map()).some(
      (node) => typeof node === 'object' && node.kind === 'link' && node.address === address(depth),
    )

  expect([links(1), links(32), links(33)]).toEqual([true, true, false])
})

function toDocs(text: string): string {
  return `<link https://docs.example>${text}</link>`
}

function sketch(node: Inline): string {
  if (typeof node === 'string') return node
  switch (node.kind) {
    case 'strong':
    case 'em':
    case 'del':
      return `<${node.kind}>${node.children.map(sketch).join('')}</${node.kind}>`
    case 'code':
      return `<code>${node.text}</code>`
    case 'link':
      return `<link ${node.address}>${node.children.map(sketch).join('')}</link>`
    case 'image':
      return `<image ${node.address}>${node.alt}</image>`
    case 'formula':
      return `<${node.display ? 'display' : 'math'} ${node.tex}/>`
    case 'note':
      return `<note ${node.label}/>`
    case 'break':
      return '<break/>'
  }
}
