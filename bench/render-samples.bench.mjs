// T5: hostile and incomplete Markdown in a real browser.
import { violations } from '../e2e/axe.ts'
import { withPage } from './render/page.mjs'

export async function* measure(wants) {
  if (wants('T5')) yield* withPage(samples)
}

async function* samples({ browser, address }) {
  const context = await browser.newContext()
  const page = await context.newPage()
  const foreign = []
  page.on('request', (request) => {
    if (!request.url().startsWith(address)) foreign.push(request.url())
  })
  await page.goto(`${address}/index.html`)

  const dangers = await page.evaluate(() => window.bench.samples.hostile())
  yield none('hostile Markdown at every length: dangers in the page', [...dangers, ...foreign])

  const { all, wrong } = await page.evaluate(() => window.bench.samples.halfWritten())
  yield none(`half-written Markdown, ${all} cases: those that look wrong`, wrong)

  await page.evaluate(() => window.bench.samples.controls())
  const rules = ['button-name', 'link-name', 'label', 'scrollable-region-focusable']
  const found = await violations(page, rules)
  const unnamed = found.flatMap(({ nodes }) => nodes)
  yield none('controls without a name, and boxes that the keyboard cannot scroll', unnamed)
  await context.close()
}

function none(what, found) {
  for (const one of found) console.log(`  ${what}: ${one}`)
  return { id: 'T5', what, ratio: String(found.length), target: '0', holds: found.length === 0 }
}
