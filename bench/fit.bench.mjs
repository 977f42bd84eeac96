// B2: the longest block of the event loop while a request is fitted from 10,000 items to a window that has
// room for a fifth of them. Measured as B1 is: the thread's processor time in the fastest round.
import { setTimeout as wait } from 'node:timers/promises'
import { fillWithConversations } from './server/long-conversation.mjs'
import { openScene } from './server/scene.mjs'

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)
const ITEMS = 10_000
const TOOLS_PER_TURN = 4
const WINDOW = 128_000
const MODEL = 'gpt-4.1'
const LONG = '01900000-0001-7000-8000-000000000001'
/** A server compiles code during its first requests. */
const WARM_UP = '01900000-0002-7000-8000-000000000001'
const TARGET_MS = 10

export async function* measure(wants) {
  if (!wants('B2')) return
  const scene = await openScene()
  try {
    for (const api of ['responses', 'chat_completions']) yield await measureApi(scene, api)
  } finally {
    await scene.close()
  }
}

async function measureApi(scene, api) {
  const blocks = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const lengths = { [LONG]: ITEMS, [WARM_UP]: ITEMS / 2 }
    const fill = (folder) => fillWithConversations(folder, lengths, TOOLS_PER_TURN)
    const tally = await scene.startTally(api, { fill, more: { TALLY_BUDGET_DAY: '$1000' } })
    await wait(4000)
    await setWindow(tally)
    await answer(scene, tally, WARM_UP)
    await tally.process.ask('watchLoop')
    const events = await answer(scene, tally, LONG)
    blocks.push(await tally.process.ask('longestBlock'))
    await tally.stop()
    if (!events.includes('event: context')) throw new Error('Nothing was left out.')
  }
  const [{ ms, cpuMs }] = blocks.toSorted((a, b) => a.cpuMs - b.cpuMs)
  const own = Math.min(ms, cpuMs)
  return {
    id: 'B2',
    what: `event loop block, a request fitted from 10,000 items, ${api} (clock: ${ms.toFixed(1)} ms)`,
    ratio: `${own.toFixed(1)} ms`,
    target: `<= ${TARGET_MS} ms`,
    holds: own <= TARGET_MS,
  }
}

const JSON_TYPE = { 'content-type': 'application/json' }

async function setWindow({ port }) {
  const address = `http://127.0.0.1:${port}/api/providers`
  const { items } = await (await fetch(address)).json()
  const body = JSON.stringify({ model: MODEL, contextWindow: WINDOW })
  const path = `${address}/${items[0].name}/context-window`
  const response = await fetch(path, { method: 'PUT', headers: JSON_TYPE, body })
  if (!response.ok) throw new Error(`The window was not set: ${response.status}`)
}

/** Returns the events of an answer. */
async function answer(scene, { port }, conversation) {
  const response = await fetch(`http://127.0.0.1:${port}/api/conversations/${conversation}/runs`, {
    method: 'POST',
    headers: { ...JSON_TYPE, accept: 'text/event-stream' },
    body: JSON.stringify({ text: 'And why does it bend?' }),
  })
  const ended = response.text()
  let events = null
  while (events === null) {
    await scene.finish()
    events = await Promise.race([ended, wait(500, null)])
  }
  if (!events.includes('"status":"completed"')) throw new Error(events.slice(-500))
  return events
}
