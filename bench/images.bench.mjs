// I2: opening a conversation with 200 images in the built page of a real server, compared with the same texts
// without images: the main-thread work, the distance from the end of the thread, and how many of the images
// are fetched.
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { buildIfStale } from '../scripts/build.mjs'
import { findNode } from '../scripts/command.mjs'
import { openBrowser } from './render/browser.mjs'
import { atMost, interleave, median } from './render/measures.mjs'
import { picture } from './server/pictures.mjs'
import { startDemo } from './server/servers.mjs'

const TURNS = 20
const IMAGES_PER_TURN = 10
const [WIDTH, HEIGHT] = [640, 480]
const AT = '2026-01-01T00:00:00.000Z'
const ANSWER =
  'What the pictures show, in a few words that fill a line or two of the thread. '.repeat(4)
const MAX_RATIO = 1.6

export async function* measure(wants) {
  if (!wants('I2')) return
  await buildIfStale(findNode())
  const tally = await startDemo()
  const browser = await openBrowser()
  try {
    const files = []
    for (let n = 0; n < TURNS * IMAGES_PER_TURN; n += 1) files.push(await upload(tally.address, n))
    const without = await conversation(tally, 'texts', () => [])
    const images = await conversation(tally, 'images', (turn) =>
      files.slice(turn * IMAGES_PER_TURN, (turn + 1) * IMAGES_PER_TURN),
    )
    const ids = { without, images }
    const rounds = await interleave(Object.keys(ids), (name) => open(browser, tally, ids[name]))
    if (process.env.BENCH_DEBUG) console.dir(rounds)
    const cost = (name) => median(rounds[name].map(({ ms }) => ms))
    const what = `open a conversation with ${files.length} images`
    const ratio = cost('images') / cost('without')
    yield atMost('I2', `${what}, main thread / the same texts alone`, ratio, MAX_RATIO)
    const gap = Math.max(...rounds.images.map((round) => round.gap))
    const end = `${what}: gap to its end`
    yield { id: 'I2', what: end, ratio: `${gap} px`, target: '0 px', holds: gap === 0 }
    const fetched = Math.max(...rounds.images.map((round) => round.fetched))
    const few = fetched < files.length / 2
    yield {
      id: 'I2',
      what: `${what}: fetched`,
      ratio: String(fetched),
      target: '< half',
      holds: few,
    }
  } finally {
    await browser.close()
    await tally.stop()
  }
}

async function upload(address, seed) {
  const response = await fetch(`${address}/api/files`, {
    method: 'POST',
    headers: { 'content-type': 'image/png', 'x-file-name': `picture-${seed}.png` },
    body: picture(seed, WIDTH, HEIGHT),
  })
  if (!response.ok) throw new Error(await response.text())
  return response.json()
}

/** Written beside the running server: its agent would answer each of the questions. */
async function conversation({ address, folder }, title, filesOf) {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ title })
  const made = await fetch(`${address}/api/conversations`, { method: 'POST', headers, body })
  const { id } = await made.json()
  const sqlite = new BetterSqlite3(join(folder, 'tally.db'))
  const insert = sqlite.prepare(`insert into messages
    (id, conversation_id, parent_id, role, status, parts, created_at)
    values (?, ?, ?, ?, 'completed', ?, ?)`)
  let parent = null
  const say = (role, parts) => {
    const messageId = crypto.randomUUID()
    insert.run(messageId, id, parent, role, JSON.stringify(parts), AT)
    parent = messageId
  }
  for (let turn = 0; turn < TURNS; turn += 1) {
    const images = filesOf(turn).map((file) => {
      const { id: fileId, name, type: mediaType, size } = file
      return { type: 'file', fileId, name, mediaType, size, width: WIDTH, height: HEIGHT }
    })
    say('user', [...images, { type: 'text', text: `What do the pictures ${turn} show?` }])
    say('assistant', [{ type: 'text', text: ANSWER }])
  }
  sqlite.prepare('update conversations set selected_message_id = ? where id = ?').run(parent, id)
  sqlite.close()
  return id
}

async function open(browser, { address }, id) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  let fetched = 0
  page.on('request', (request) => (fetched += request.url().includes('/api/files/') ? 1 : 0))
  await page.goto(`${address}/c/${id}`)
  await page.getByRole('article', { name: 'Assistant' }).last().waitFor()
  await page.waitForLoadState('networkidle')
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)))
  const { metrics } = await session.send('Performance.getMetrics')
  const gap = await page
    .getByRole('log')
    .evaluate((log) => Math.round(log.scrollHeight - log.clientHeight - log.scrollTop))
  await context.close()
  const ms = metrics.find(({ name }) => name === 'TaskDuration').value * 1000
  return { ms, gap, fetched }
}
