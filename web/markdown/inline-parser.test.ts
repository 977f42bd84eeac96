import { beforeAll, expect, test } from 'vitest'
import type { Inline } from './inline.ts'
import { parseInline } from './inline-parser.ts'
import type { Definitions } from './links.ts'
import { loadExtras } from './lazy-extras.ts'

beforeAll(loadExtras)

const defined: Definitions = {
  links: new Map([['DOCS', { address: 'https://docs.example', title: null }]]),
  notes: new Set(['1']),
}

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
  ['[a](https://b.c "T")', '<link https://b.c "T">a</link>'],
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
  ['not a vowel: [^aeiou] and [^2]', 'not a vowel: [^aeiou] and [^2]'],
  ['[https://a.bc/d](https://a.bc/d)', '<link https://a.bc/d>https://a.bc/d</link>'],
  ['[www.x.com](https://x.com/y)', '<link https://x.com/y>www.x.com</link>'],
  ['![https://a.bc/d](https://a.bc/e.png)', '<image https://a.bc/e.png>https://a.bc/d</image>'],
  ['[https://a.bc/d][docs]', '<link https://docs.example>https://a.bc/d</link>'],
  ['[**https://a.bc**](d)', '<link d><strong>https://a.bc</strong></link>'],
  ['react@18.2.0 and vue@3.0.0-beta', 'react@18.2.0 and vue@3.0.0-beta'],
  ['to me@163.com', 'to <link mailto:me@163.com>me@163.com</link>'],
  ['(www.) and www.', '(www.) and www.'],
  ['请访问https://a.bc/d，谢谢', '请访问<link https://a.bc/d>https://a.bc/d</link>，谢谢'],
  [
    '&lt;https://a.bc/d&gt; <https://a.b>https://c.d',
    '<<link https://a.bc/d>https://a.bc/d</link>> <link https://a.b>https://a.b</link><link https://c.d>https://c.d</link>',
  ],
  ['Apple ($AAPL) and Tesla ($TSLA)', 'Apple ($AAPL) and Tesla ($TSLA)'],
  ['$HOME/$USER and $A-$B', '$HOME/$USER and $A-$B'],
  ["Use $HOME to find it. It's '$'", "Use $HOME to find it. It's '$'"],
  ['CO$_2$ at 25$^\\circ$C', 'CO<math _2/> at 25<math ^\\circ/>C'],
  ['the $n$th, 其中$x$是, $k$-means', 'the <math n/>th, 其中<math x/>是, <math k/>-means'],
  ['array\\[0\\] and see \\[1\\]', 'array[0] and see [1]'],
  ['so: \\[x^2\\]', 'so: <display x^2/>'],
  ['a<b and **c**>d', 'a<b and <strong>c</strong>>d'],
  ['<b title="**c**"> </b >', '<b title="**c**"> </b >'],
  ['~one~ and 5~10, 15~20', '<del>one</del> and 5~10, 15~20'],
  ['[a]\\(b) [c](d "e\\"f")', '[a](b) <link d "e"f">c</link>'],
])('%s', (text, tree) => {
  expect(parseInline(text, false, defined).map(sketch).join('')).toBe(tree)
})

test.each([
  ['marks', '*a **b '],
  ['closing marks', 'a** b* '],
  ['brackets', '['],
  ['half links', '[a](<b'],
  ['code', '` `` ```'],
  ['dollars', '$a '],
  ['addresses', 'https://a.b)))'],
  ['addresses that end in references', 'http://a&b;;&c;'],
  ['mails', 'a@b.c@d.'],
  ['tags', '<a b="c'],
  ['half titles', '[a](b "c'],
  ['labels', '[a][b'],
  ['notes', '[^1'],
  ['words with dollars', 'a$b '],
  ['brackets of formulas', '\\[a '],
  ['tildes', '~a ~~b~'],
])('a piece full of %s is read in a bounded number of steps', (_, part) => {
  const text = part.repeat(4_096 / part.length)
  const shown = parseInline(text, false, defined).map(sketch).join('')

  expect(shown.length).toBeGreaterThan(text.length / 3)
})

test('an address may hold brackets in brackets, but not without end', () => {
  const address = (depth: number) => `a${'('.repeat(depth)}${')'.repeat(depth)}`
  const links = (depth: number) =>
    parseInline(`[a](${address(depth)})`, false, defined).some(
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
      return `<link ${node.address}${node.title === null ? '' : ` "${node.title}"`}>${node.children.map(sketch).join('')}</link>`
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
