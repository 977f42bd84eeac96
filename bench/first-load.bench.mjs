// T8: the JavaScript and CSS a browser loads to show the first page and a conversation, compressed as
// the server sends it. Counts every request the page makes until it is idle; what it then loads ahead
// is listed separately.
import { gzipSync } from 'node:zlib'
import { buildIfStale } from '../scripts/build.mjs'
import { findNode } from '../scripts/command.mjs'
import { openBrowser } from './render/browser.mjs'
import { startDemo } from './server/servers.mjs'

const MAX_KB = 125
const KB = 1024

export async function* measure(wants) {
  if (!wants('T8')) return
  await buildIfStale(findNode())
  const tally = await startDemo()
  const browser = await openBrowser()
  try {
    const plain = await conversationAbout(tally.address, 'Hello! What is Tally?')
    const code = await conversationAbout(tally.address, 'Show me Markdown')
    const pages = [
      ['/', '/'],
      ['/c/:id', `/c/${plain}`],
      ['/c/:id with code and a formula', `/c/${code}`],
    ]
    for (const [name, path] of pages) {
      const { first, later } = await load(browser, tally.address + path)
      const what = `first load of ${name}, JS and CSS in ${first.length} files (fetched ahead when idle: ${inKb(later)})`
      const heavy = name.includes('formula')
      const target = heavy ? 'for comparison' : `<= ${MAX_KB} KB`
      const holds = heavy ? 'info' : sizeOf(first) <= MAX_KB * KB
      yield { id: 'T8', what, ratio: inKb(first), target, holds }
      if (process.env.BENCH_DEBUG) console.log(first, later)
    }
  } finally {
    await browser.close()
    await tally.stop()
  }
}

const sizeOf = (files) => files.reduce((sum, { bytes }) => sum + bytes, 0)
const inKb = (files) => `${(sizeOf(files) / KB).toFixed(1)} KB`

async function conversationAbout(address, text) {
  const post = (path, body, headers = {}) =>
    fetch(address + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const { id } = await (await post('/api/conversations', {})).json()
  const run = await post(`/api/conversations/${id}/runs`, { text }, { accept: 'text/event-stream' })
  await run.text()
  return id
}

/** `first`: requested before the page is drawn and idle; `later`: after that. */
async function load(browser, url) {
  const context = await browser.newContext()
  const page = await context.newPage()
  const first = []
  const later = []
  let idle = false
  const reads = []
  page.on('response', (response) => {
    const list = idle ? later : first
    if (/\.(?:js|css)$/.test(new URL(response.url()).pathname)) reads.push(readInto(list, response))
  })
  await page.goto(url)
  await page.getByRole('textbox', { name: 'Message' }).waitFor()
  if (url.includes('/c/')) await page.getByRole('article', { name: 'Assistant' }).waitFor()
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)))
  idle = true
  await page.waitForLoadState('networkidle')
  await Promise.all(reads)
  await context.close()
  return { first, later }
}

async function readInto(list, response) {
  const bytes = gzipSync(await response.body(), { level: 9 }).length
  list.push({ name: new URL(response.url()).pathname, bytes })
}
