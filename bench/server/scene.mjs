// One scene: a number of streams read through several servers in turn, and what a window of it costs.
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startHelper } from './processes.mjs'
import { startPipe, startTally, startTeam } from './servers.mjs'

const PER_SECOND = 50
const SETTLE_MS = 2000
const APART_MS = 10
const PATIENCE_MS = 60_000
const LATE = Symbol('late')

export async function openScene() {
  const here = import.meta.dirname
  const upstream = startHelper(join(here, 'upstream.mjs'))
  const readers = startHelper(join(here, 'readers.mjs'))
  const port = await upstream.ask('listen')
  const running = []
  const started = async (server) => {
    running.push(await server)
    return server
  }
  return {
    startPipe: () => started(startPipe(port)),
    startTally: (api, options) => started(startTally(port, api, options)),
    startTeam: (api) => started(startTeam(port, api)),
    finish: () => upstream.ask('finish'),
    window: (server, given) => measureWindow(upstream, readers, server, given),
    close: async () => {
      await Promise.all(running.map((server) => server.stop()))
      await Promise.all([upstream.stop(), readers.stop()])
    },
  }
}

/** Measures for `seconds` while `streams` answers arrive at 50 tokens a second each. */
async function measureWindow(
  upstream,
  readers,
  server,
  { streams, seconds, api = 'responses', agent },
) {
  await upstream.ask('pace', { perSecond: PER_SECOND })
  const sentBefore = await upstream.ask('sent')
  const readBefore = await readers.ask('tokens')
  const { kind, port } = server
  const opening = readers.ask('open', { count: streams, apartMs: APART_MS, kind, port, api, agent })
  const failure = await inTime(opening, `${streams} streams of ${kind} to begin`)
  if (failure !== null) throw new Error(`A stream of ${kind} did not begin: ${failure}`)
  await wait(SETTLE_MS)
  const window = await watch(upstream, readers, server, seconds)
  const bad = await finished(upstream, readers, `${streams} streams of ${kind} to end`)
  if (bad.length > 0)
    throw new Error(`${bad.length} streams of ${kind} did not end well: ${bad[0]}`)
  await checkComplete(upstream, readers, sentBefore, readBefore)
  return window
}

/** Includes streams that began late on a busy machine. */
async function finished(upstream, readers, what) {
  await upstream.ask('finish')
  const again = setInterval(() => void upstream.ask('finish'), 1000)
  return inTime(readers.ask('ended'), what).finally(() => clearInterval(again))
}

/** A server with too little processor time never catches up. */
async function inTime(work, what) {
  const late = wait(PATIENCE_MS, LATE, { ref: false })
  const answer = await Promise.race([work, late])
  if (answer !== LATE) return answer
  const seconds = PATIENCE_MS / 1000
  throw new Error(`Not measured: ${seconds} s were too few for ${what}; the machine is too busy.`)
}

async function watch(upstream, readers, server, seconds) {
  const before = await usageOf(server)
  const sent = await upstream.ask('sent')
  await readers.ask('record')
  const sizes = []
  for (let second = 0; second < seconds; second += 1) {
    await wait(1000)
    if (second % 2 === 1) sizes.push((await usageOf(server)).rss)
  }
  const latency = await readers.ask('recorded')
  const after = await usageOf(server)
  const tokens = (await upstream.ask('sent')) - sent
  return { tokens, latency, usPerToken: (after.cpuUs - before.cpuUs) / tokens, rss: median(sizes) }
}

async function usageOf({ process }) {
  return process === null ? { cpuUs: 0, rss: 0 } : process.ask('usage')
}

async function checkComplete(upstream, readers, sentBefore, readBefore) {
  const read = (await readers.ask('tokens')) - readBefore
  const sent = (await upstream.ask('sent')) - sentBefore
  if (read !== sent) throw new Error(`${sent} tokens were sent and ${read} arrived.`)
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
