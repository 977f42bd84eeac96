// T8: the JavaScript and CSS a browser fetches before the first page and a conversation can be read and used,
// compressed as the server sends it. What the page fetches after that is listed separately. Measured as in
// `e2e/first-load.spec.ts`, which holds lower limits.
import { ANSWER, firstLoad, gzippedBytes, WELCOME } from '../e2e/first-load.ts'
import { buildIfStale } from '../scripts/build.mjs'
import { findNode } from '../scripts/command.mjs'
import { openBrowser } from './render/browser.mjs'
import { startDemo } from './server/servers.mjs'

const MAX_KB = 125
const KB = 1000

export async function* measure(wants) {
  if (!wants('T8')) return
  await buildIfStale(findNode())
  const tally = await startDemo()
  const browser = await openBrowser()
  try {
    const plain = await conversationAbout(tally.address, 'Hello! What is Tally?')
    const code = await conversationAbout(tally.address, 'Show me Markdown')
    const pages = [
      ['/', '/', WELCOME],
      ['/c/:id', `/c/${plain}`, ANSWER],
      ['/c/:id with code and a formula', `/c/${code}`, ANSWER],
    ]
    for (const [name, path, readable] of pages) {
      const { first, later } = await load(browser, tally.address + path, readable)
      const what = `first load of ${name}, JS and CSS in ${first.length} files (fetched later: ${inKb(later)})`
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

async function load(browser, url, readable) {
  const context = await browser.newContext()
  const { files, later } = await firstLoad(await context.newPage(), url, readable)
  await context.close()
  return { first: await withBytes(files), later: await withBytes(later) }
}

function withBytes(files) {
  return Promise.all(files.map(async ({ url }) => ({ url, bytes: await gzippedBytes(url) })))
}
