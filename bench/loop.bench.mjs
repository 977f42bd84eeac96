// B1: the longest block of the event loop by an ordinary request at 3,000 items. The real server process
// answers one request after the other while a timer watches its event loop. The result is the processor
// time of its thread in the fastest round, because wall time, shown beside it, includes other processes.
import { setTimeout as wait } from 'node:timers/promises'
import { fillWithConversations } from './server/long-conversation.mjs'
import { openScene } from './server/scene.mjs'

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)
const ITEMS = 3000
const LONG = '01900000-0001-7000-8000-000000000001'
/** A server compiles code during its first requests. */
const WARM_UP = '01900000-0002-7000-8000-000000000001'
const TARGET_MS = 10

export async function* measure(wants) {
  if (!wants('B1')) return
  const scene = await openScene()
  try {
    for (const api of ['responses', 'chat_completions']) yield* measureApi(scene, api)
  } finally {
    await scene.close()
  }
}

async function* measureApi(scene, api) {
  const longest = new Map()
  for (let round = 0; round < ROUNDS; round += 1) {
    const more = { TALLY_BUDGET_DAY: '$1000' }
    const fill = (folder) => fillWithConversations(folder, { [LONG]: ITEMS, [WARM_UP]: 400 })
    const tally = await scene.startTally(api, { fill, more })
    await wait(4000)
    for (const [, request] of requests(scene, tally, WARM_UP)) await request()
    for (const [what, request] of requests(scene, tally, LONG)) {
      await tally.process.ask('watchLoop')
      await request()
      const block = await tally.process.ask('longestBlock')
      if (process.env.BENCH_DEBUG) console.log(api, what, block)
      const before = longest.get(what)
      if (before === undefined || block.cpuMs < before.cpuMs) longest.set(what, block)
    }
    await tally.stop()
  }
  for (const [what, { ms, cpuMs }] of longest) {
    const own = Math.min(ms, cpuMs)
    const items = ITEMS.toLocaleString('en-US')
    yield {
      id: 'B1',
      what: `event loop block at ${items} items, ${what}, ${api} (clock: ${ms.toFixed(1)} ms)`,
      ratio: `${own.toFixed(1)} ms`,
      target: `<= ${TARGET_MS} ms`,
      holds: own <= TARGET_MS,
    }
  }
}

function requests(scene, { port }, conversation) {
  const address = `http://127.0.0.1:${port}/api/conversations/${conversation}`
  const read = async (path) => {
    const response = await fetch(`${address}${path}`)
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return response.text()
  }
  const post = (path, body) =>
    fetch(`${address}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify(body),
    })
  const answer = async () => {
    const response = await post('/runs', { text: 'And why does it bend?' })
    const ended = response.text()
    await wait(1500)
    // On a busy machine the provider receives its request later.
    let events = null
    while (events === null) {
      await scene.finish()
      events = await Promise.race([ended, wait(500, null)])
    }
    if (!events.includes('"status":"completed"')) throw new Error(events.slice(-500))
  }
  return [
    ['opened', () => read('')],
    ['its context counted', () => read('/context')],
    ['its context read', () => read('/context')],
    ['estimated', () => post('/estimate', { text: 'And why?' }).then((found) => found.text())],
    ['a turn', answer],
    ['another turn', answer],
  ]
}
