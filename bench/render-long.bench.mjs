// T13: the longest block of the main thread when opening the longest text that Tally accepts, split into
// lines in different ways, on a four times slower processor.
import { longestTask, measureIn } from './render/browser.mjs'
import { withPage } from './render/page.mjs'

const MAX_CHARS = 2_000_000
const MAX_BLOCK_MS = 200
const CPU = 4

const TEXTS = {
  'one line': 'word '.repeat(MAX_CHARS / 5),
  'a million lines': 'a\n'.repeat(MAX_CHARS / 2),
  'list items': '- an item of a list\n'.repeat(MAX_CHARS / 20),
  'table rows': `| a | b |\n| --- | --- |\n${'| one | two |\n'.repeat(MAX_CHARS / 14 - 2)}`,
  quotes: '> said\n\n'.repeat(MAX_CHARS / 8),
}

export async function* measure(wants) {
  if (wants('T13')) yield* withPage(measureTexts)
}

async function* measureTexts({ browser, address }) {
  for (const [name, text] of Object.entries(TEXTS)) {
    const { seen: block } = await measureIn(browser, address, {
      cpu: CPU,
      // Compiles the code of the page first, and hands it the text: receiving that is a long block, too.
      before: async (page) => {
        await page.evaluate(() => window.bench.thread.open(['A short text.', 'And one.']))
        await page.evaluate((long) => (window.longText = long), text)
      },
      act: (page) =>
        longestTask(browser, page, () =>
          page.evaluate(() => window.bench.thread.openWatched(['Go on.', window.longText])),
        ),
    })
    yield {
      id: 'T13',
      what: `open ${(text.length / 1e6).toFixed(1)} MB as ${name}, ${CPU}x CPU, longest block`,
      ratio: `${block} ms`,
      target: `<= ${MAX_BLOCK_MS} ms`,
      holds: block <= MAX_BLOCK_MS,
    }
  }
}
