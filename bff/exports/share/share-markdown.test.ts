// The Markdown of a shared page, whatever it is.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { BackgroundWorker } from '../../worker/background-worker.ts'
import { renderBlock } from './render-block.ts'
import { markdownHtml } from './share-markdown.ts'

async function rendered(text: string): Promise<string> {
  let html = ''
  for await (const piece of markdownHtml(text, async (block) => renderBlock(block))) html += piece
  return html
}

/** Rendering a hostile block takes 28 to 65 ms, and the worker does that. */
const MAX_STEP_MS = 15

/** Returns the longest time of the processor between two steps, in milliseconds. */
async function longestStep(work: (step: () => Promise<void>) => Promise<void>): Promise<number> {
  let longest = 0
  const now = () => {
    const { user, system } = process.threadCpuUsage()
    return (user + system) / 1000
  }
  let last = now()
  await work(async () => {
    longest = Math.max(longest, now() - last)
    await yieldToEventLoop()
    last = now()
  })
  return longest
}

test('a megabyte is rendered in short steps, whatever it is', async () => {
  const worker = new BackgroundWorker()
  onTestFinished(() => worker.close())
  const render = (block: string) => worker.renderBlock(block)
  const megabyte = (part: string) => part.repeat(Math.ceil(1_000_000 / part.length))
  for (const hostile of [
    '![',
    '*_a',
    '1. ',
    '>',
    '```\n',
    'word ',
    'A line.\n\n',
    '|a|b|\n',
    '$a',
    '$$',
    '\\\\(',
    '$$\n\n',
    '$\\\\frac{a}{b}$ ',
  ]) {
    let chars = 0
    const longest = await longestStep(async (step) => {
      for await (const piece of markdownHtml(megabyte(hostile), render)) {
        chars += piece.length
        await step()
      }
    })
    expect(chars, hostile).toBeGreaterThan(400_000)
    expect(longest, hostile).toBeLessThan(MAX_STEP_MS)
  }
  // A short text of many addresses takes as long as a long one, so it is shown as it was written.
  expect(await rendered('http://a '.repeat(600))).toMatch(/^<pre class="plain">http/)
})

test('formulas are MathML, found as in the chat, and what is none stays as it is', async () => {
  const html = await rendered(
    'Mass is $E = mc^2$, and \\(x_1\\) too; $5 and $10 are prices, `$a$` is code.\n\n' +
      '$$\n\\frac{a}{b}\n\n< c\n$$\n\nThen\n\\[ y^2 \\]\n\n- $z$\n\n$\\nothing{$',
  )
  expect(html.match(/<math /g)).toHaveLength(5)
  expect(html.match(/<math [^>]*display="block"/g)).toHaveLength(2)
  expect(html).toContain('<msup><mi>c</mi><mn>2</mn></msup>')
  expect(html).toContain('<mfrac><mi>a</mi><mi>b</mi></mfrac>')
  expect(html).toContain('$5 and $10 are prices, <code>$a$</code> is code.')
  expect(html).toContain('<code>\\nothing{</code>')
  // A formula names no address and adds no element of its own.
  const hostile = await rendered(
    '$\\href{javascript:alert(1)}{x}$ $\\includegraphics{https://e.org/x.png}$ ' +
      '$\\text{<script>alert(1)</script>}$ $\\htmlClass{a}{b}$',
  )
  expect(hostile).not.toMatch(/<(?:script|img|a)\b|\b(?:href|src)=/)
  expect(hostile.match(/<math /g)?.length).toBeGreaterThan(0)
})

test('a long answer looks the same as a short one', async () => {
  const section = '## Title\n\n1. One\n\n   ```js\n   code()\n\n   more()\n   ```\n\n2. Two\n\n'
  const html = await rendered(section.repeat(200))
  const times = (tag: string) => html.split(tag).length - 1
  expect(['<h4>', '<ol>', '<li>', '<pre tabindex'].map(times)).toEqual([200, 200, 400, 200])
})
