// T15: 30 tabs of one browser, each on an answer that is being written. How long any other call of a tab
// takes, and how long after a click on Stop the connection to the provider is closed.
import { setTimeout as wait } from 'node:timers/promises'
import { startFakeUpstream } from '../e2e/fake-upstream.ts'
import { buildIfStale } from '../scripts/build.mjs'
import { findNode } from '../scripts/command.mjs'
import { openBrowser } from './render/browser.mjs'
import { startTally } from './server/servers.mjs'

const TABS = 30
const MAX_CALL_MS = 500
const MAX_STOP_MS = 1_000
const ATTEMPTS = 3
/** Stops in every fifth tab, so that most answers are still being written. */
const STOP_EVERY = 5
const PATIENCE_MS = 30_000

export async function* measure(wants) {
  if (!wants('T15')) return
  await buildIfStale(findNode())
  const upstream = await startFakeUpstream(({ body }) =>
    'text' in body
      ? { parts: [{ text: '{"title":"A question"}' }] }
      : { parts: [{ text: 'Begun.' }, { fault: 'stall' }] },
  )
  const tally = await startTally(Number(new URL(upstream.baseUrl).port), 'responses')
  const browser = await openBrowser()
  try {
    const context = await browser.newContext({ reducedMotion: 'reduce' })
    const tabs = []
    for (let n = 0; n < TABS; n += 1) tabs.push(await openTab(context, tally.port, n))
    const calls = []
    for (const tab of tabs) calls.push(await fastestCall(tab))
    const stops = []
    for (const tab of tabs.filter((_, n) => n % STOP_EVERY === 0)) {
      stops.push(await stop(tab, upstream))
    }
    yield line('the slowest call of a tab', Math.max(...calls), MAX_CALL_MS)
    yield line('from Stop to the closed connection', Math.max(...stops), MAX_STOP_MS)
  } finally {
    await browser.close()
    await tally.stop()
    await upstream.close()
  }
}

function line(what, ms, most) {
  return {
    id: 'T15',
    what: `${TABS} tabs of one browser on running answers: ${what}`,
    ratio: `${ms.toFixed(0)} ms`,
    target: `<= ${most} ms`,
    holds: ms <= most,
  }
}

async function openTab(context, port, number) {
  const address = `http://127.0.0.1:${port}`
  const question = `Question ${number}?`
  const { id } = await post(`${address}/api/conversations`, {})
  await post(`${address}/api/conversations/${id}/runs`, { text: question })
  const page = await context.newPage()
  await page.goto(`${address}/c/${id}`)
  await page.getByText('Begun.').waitFor({ timeout: PATIENCE_MS })
  return { page, id, question }
}

async function post(url, body) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  return response.json()
}

/** Takes the fastest attempt, because other processes only add time. */
function fastestCall({ page, id }) {
  return page.evaluate(
    async ([path, attempts]) => {
      let fastest = Infinity
      for (let n = 0; n < attempts; n += 1) {
        const start = performance.now()
        await (await fetch(path)).text()
        fastest = Math.min(fastest, performance.now() - start)
      }
      return fastest
    },
    [`/api/conversations/${id}`, ATTEMPTS],
  )
}

async function stop({ page, question }, upstream) {
  const request = upstream.calls.find(
    ({ body }) => !('text' in body) && JSON.stringify(body).includes(question),
  )
  await page.bringToFront()
  const start = performance.now()
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  while (!request.closedEarly) {
    if (performance.now() - start > PATIENCE_MS) return Infinity
    await wait(5)
  }
  return performance.now() - start
}
