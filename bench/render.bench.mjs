// T1 to T4: the main-thread work of drawing a streamed answer, excluding receiving it, compared with
// one text node per line and with streamdown, a library for this purpose.
import { answer } from './render/answer.mjs'
import { framesOf, measureIn } from './render/browser.mjs'
import { atMost, interleave, median, mounted, netOf, ROUNDS } from './render/measures.mjs'
import { withPage } from './render/page.mjs'
import { shape, shapes } from './render/shapes.mjs'

const FRAMES = 180
const ids = ['T1', 'T1b', 'T1c', 'T2', 'T3', 'T4']
const candidates = ['null', 'limit', 'tally', 'streamdown']

export async function* measure(wants) {
  if (ids.some(wants)) yield* withPage((at) => measureWanted(at, wants))
}

async function* measureWanted(at, wants) {
  if (wants('T1')) yield* streamed(at, { id: 'T1', rate: 1_000, cpu: 1, most: 2, mostOfPeer: 0.4 })
  if (wants('T1')) {
    yield* streamed(at, { id: 'T1', rate: 1_000, cpu: 4, most: 1.5, mostOfPeer: 0.4 })
  }
  if (wants('T2')) yield* smooth(at)
  if (wants('T1b')) {
    yield* streamed(at, { id: 'T1b', rate: 200, cpu: 4, most: 2, mostOfPeer: 0.35 })
  }
  if (wants('T1c')) yield* replayed(at)
  if (wants('T3')) yield* grown(at)
  if (wants('T4')) yield* code(at)
}

async function* streamed(at, { id, rate, cpu, most, mostOfPeer }) {
  const run = `7-10000-${rate}`
  const rounds = await interleave(candidates, (name) =>
    mounted(at, name, cpu, (page) => page.evaluate((id) => window.bench.stream(id), run)),
  )
  const net = netOf(rounds)
  const what = `10,000 tokens, ${rate}/s, ${cpu}x CPU`
  yield atMost(id, `${what} / one text node per line`, net.tally / net.limit, most)
  // A library that skips frames skips work, so each is measured per painted frame.
  const perFrame = (name) => net[name] / drawnFrames(rounds[name])
  const skipped = percent(droppedOf(rounds.streamdown))
  const peer = `streamdown with code per painted frame, ${skipped} of its frames dropped`
  yield atMost(id, `${what} / ${peer}`, perFrame('tally') / perFrame('streamdown'), mostOfPeer)
}

/** What a reader notices, in the page's own time: without what other processes take from it. */
async function* smooth(at) {
  const run = '7-10000-1000'
  const rounds = await interleave(['limit', 'tally'], (name) =>
    mounted(at, name, 4, (page) =>
      framesOf(at.browser, page, () => page.evaluate((id) => window.bench.stream(id), run)),
    ),
  )
  if (process.env.BENCH_DEBUG) console.dir(rounds, { depth: null })
  const [ours, limit] = [calmest(rounds.tally), calmest(rounds.limit)]
  const what = '10,000 tokens, 1000/s, 4x CPU, own time'
  const most = 1.3 * limit.dropped + 0.01
  yield {
    id: 'T2',
    what: `${what}: long tasks (one text node per line: ${limit.longTasks})`,
    ratio: String(ours.longTasks),
    target: `<= ${limit.longTasks + 1}`,
    holds: ours.longTasks <= limit.longTasks + 1,
  }
  yield {
    id: 'T2',
    what: `${what}: dropped frames (one text node per line: ${percent(limit.dropped)})`,
    ratio: percent(ours.dropped),
    target: `<= ${percent(most)}`,
    holds: ours.dropped <= most,
  }
}

/** Takes the best round, because other processes only add work: a late frame has more to draw. */
function calmest(rounds) {
  const least = (name) => Math.min(...rounds.map(({ seen }) => seen[name]))
  return { longTasks: least('longTasks'), dropped: least('dropped') }
}

function droppedOf(rounds) {
  return Math.min(...rounds.map(({ seen: { dropped, frames } }) => dropped / (frames + dropped)))
}

function drawnFrames(rounds) {
  return median(rounds.map(({ seen }) => seen.frames))
}

function percent(share) {
  return `${(share * 100).toFixed(1)} %`
}

async function* replayed(at) {
  const tokens = answer(7, 10_000)
  const rounds = await interleave(candidates, (name) =>
    // A candidate that does not wait for the next frame draws every piece.
    mounted(at, name, 1, (page) =>
      page.evaluate(
        ([all, each]) => window.bench.replay(all, each),
        [tokens, name === 'streamdown'],
      ),
    ),
  )
  const net = netOf(rounds)
  const what = 'replay of 10,000 tokens, main thread'
  yield atMost('T1c', `${what} / one text node per line`, net.tally / net.limit, 3)
  yield atMost('T1c', `${what} / streamdown with code`, net.tally / net.streamdown, 0.05)
}

async function* grown(at) {
  for (const name of shapes) {
    const tokens = shape(name, 41_000)
    const rounds = { null: [], early: [], late: [] }
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.null.push(await growing(at, 'null', tokens, 1_000))
      rounds.early.push(await growing(at, 'tally', tokens, 1_000))
      rounds.late.push(await growing(at, 'tally', tokens, 40_000))
    }
    const net = netOf(rounds)
    yield atMost('T3', `one more token at 40,000 / at 1,000: ${name}`, net.late / net.early, 1.5)
  }
}

async function* code(at) {
  const tokens = shape('one code block', 9_000)
  const rounds = await interleave(['null', 'code limit', 'tally'], (name) =>
    growing(at, name, tokens, 8_000),
  )
  const net = netOf(rounds)
  const what = `code block of 8,000 tokens, ${(net.tally / FRAMES).toFixed(2)} ms per frame / line boxes`
  yield atMost('T4', what, net.tally / net['code limit'], 2)
}

/** The work of drawing more tokens, one per frame, after `count` others. */
function growing({ browser, address }, name, tokens, count) {
  return measureIn(browser, address, {
    before: async (page) => {
      await page.evaluate((mounts) => window.bench.mount(mounts), name)
      await page.evaluate((all) => window.bench.fill(all), tokens.slice(0, count))
    },
    act: (page) =>
      page.evaluate((all) => window.bench.grow(all), tokens.slice(count, count + FRAMES)),
  })
}
