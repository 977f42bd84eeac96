// @vitest-environment node
// Random texts, the same in every run, read here and by micromark, and read whole and in pieces.
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { expect, test } from 'vitest'
import { htmlOf } from '../testing/html.ts'

const noHtml = { disable: { null: ['htmlFlow', 'htmlText'] } }

const starts =
  '|||- |* |+ |1. |2) |> |>|# |## |```|~~~ js|---|===|    |  |\t| |\\| a \\| b \\||\\|---\\|:-:\\||- [ ] w|[a]: /u|[b]: <v> "t"|[c]:|***|   '
const marks =
  'a|b|foo|*|**|_|__|`|``|[|](|](/x)|]|[a]|[b][a]|![|\\*|\\\n|<|>|&amp;|&|~~| | |  |\n|\n\n|(|)|"|!|<https://q.r>|.|,|\\||1|-|+|#|:|é'
const addresses =
  ' https://a.bc/d | http://x.y. | www.z.io, |(https://a.b/(c))|me@a.bc | react@18.2.0 |https://a_b.c_d |*http://a.b*| ~~www.a.b~~ |\nhttps://a.b?c=d&e;| http://é.fr/_x_ '

/** Texts on which micromark differs from the other parsers or from us, and why. */
const known = [
  ['An empty item may not follow text there, or code.', /^.*[-+*.)>] *$/m],
  ['In a line that ends a paragraph, a list in a list is text there.', /[-+*.)>] +\d+[.)]/],
  [
    'Right behind indented code, a list that does not begin at 1 is text there.',
    /^[ \t]{4}.*\n.*\d[.)]/m,
  ],
  ['A box may stand on a line by itself there, and space behind it is kept.', /\[ \](?! \w)/],
  ['Indentation inside of a code span is kept there.', /`[^`]*\n[ \t]/],
  ['Addresses are not searched for in unclosed brackets there.', /\[[^\]]*https?:/],
  ['A tilde in a word is a range here: 5~10.', /\w~\w/],
] as const

test('random Markdown reads as micromark reads it', () => {
  const wrong: string[] = []
  let compared = 0
  for (let seed = 1; seed <= 2_500; seed += 1) {
    const text = randomText(seed, [starts, marks])
    if (known.some(([, pattern]) => pattern.test(text))) continue
    compared += 1
    if (ours(text) !== reference(text)) wrong.push(text)
  }
  expect(wrong).toEqual([])
  expect(compared).toBeGreaterThan(600)
})

test('random addresses are found as micromark finds them', () => {
  const texts = Array.from({ length: 300 }, (_, seed) => randomText(seed, ['a|b|', addresses]))
  expect(texts.filter((text) => ours(text) !== reference(text))).toEqual([])
})

test('any split of a text reads as the whole', () => {
  const own = '$|$$|\\[|\\]|\\(|[^1]|[^1]: |\\|$x$|\r\n|[a\\]b]: https://a.b|\n$$\n'
  const all = `${starts}|${marks}|${addresses}|${own}`
  for (let seed = 1; seed <= 1_000; seed += 1) {
    const text = randomText(seed, [starts, all])
    const random = randomOf(seed + 1)
    const cuts = Array.from({ length: 4 }, () => Math.floor(random() * text.length))
    cuts.sort((a, b) => a - b)
    expect(htmlOf(text, cuts), JSON.stringify({ text, cuts })).toBe(htmlOf(text))
  }
})

function ours(text: string): string {
  return comparable(htmlOf(text))
}

function reference(text: string): string {
  return comparable(
    micromark(text, {
      extensions: [gfm(), noHtml],
      htmlExtensions: [gfmHtml()],
      allowDangerousProtocol: true,
    }),
  )
}

/** Without what says nothing: space before an end, the order of attributes, links inside of links. */
function comparable(html: string): string {
  let depth = 0
  const unnested = html.replace(/<a [^>]*>|<\/a>/g, (tag) => {
    if (tag === '</a>') depth -= 1
    const outer = depth === 0
    if (tag !== '</a>') depth += 1
    return outer ? tag : ''
  })
  return unnested
    .replace(/<input [^>]*>/g, (box) => (box.includes('checked') ? '<x>' : '<o>'))
    .replace(/\n+(?=<\/li>|<\/code><\/pre>)/g, '')
    .trim()
}

/** Up to seven lines, each of a few starts and then a few of the other parts. */
function randomText(seed: number, [lineStarts, parts]: readonly [string, string]): string {
  const random = randomOf(seed)
  const some = (list: string, most: number) => {
    const all = list.split(/(?<!\\)\|/).map((part) => part.replaceAll('\\|', '|'))
    const count = Math.floor(random() * most)
    return Array.from({ length: count }, () => all[Math.floor(random() * all.length)]).join('')
  }
  const lines = 1 + Math.floor(random() * 7)
  const text = Array.from({ length: lines }, () => some(lineStarts, 3) + some(parts, 7))
  return `${text.join('\n').trimEnd()}\n`
}

/** mulberry32 */
function randomOf(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
