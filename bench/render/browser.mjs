// Opens a new page per measurement, and measures its main-thread work with the browser's counters.
import { chromium } from '@playwright/test'
import { findBrowser } from '../../scripts/find-browser.mjs'

export async function openBrowser() {
  return chromium.launch({
    executablePath: findBrowser(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
}

/** Returns the main-thread milliseconds during `act`, and the result of `act`. */
export async function measureIn(browser, address, { cpu = 1, before, act }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  page.on('pageerror', (error) => console.error(error))
  await page.goto(`${address}/index.html`)
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  await before?.(page)
  await session.send('HeapProfiler.collectGarbage')
  if (cpu > 1) await session.send('Emulation.setCPUThrottlingRate', { rate: cpu })
  const start = await taskTime(session)
  const seen = await act(page)
  const ms = (await taskTime(session)) - start
  await context.close()
  return { ms, seen }
}

async function taskTime(session) {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration').value * 1000
}

/** Returns the longest task of the main thread during `act`, in milliseconds of its own time. */
export async function longestTask(browser, page, act) {
  const { tasks } = await mainThread(browser, page, act)
  return Math.round(Math.max(0, ...tasks.map(({ ms }) => ms)))
}

const FRAME_MS = 1000 / 60
const LONG_MS = 50

/**
 * Returns the long tasks of the main thread during `act`, and the share of frames that its work leaves no time
 * for: the work from one frame to the next takes longer than a frame. The page asks for every frame.
 */
export async function framesOf(browser, page, act) {
  const { tasks, frameStarts } = await mainThread(browser, page, act)
  const work = Array.from(frameStarts, () => 0)
  let frame = -1
  for (const { at, ms } of tasks) {
    while (frameStarts[frame + 1] <= at) frame += 1
    if (frame >= 0) work[frame] += ms
  }
  const dropped = work.reduce((sum, ms) => sum + Math.max(0, Math.ceil(ms / FRAME_MS) - 1), 0)
  const longTasks = tasks.filter(({ ms }) => ms > LONG_MS).length
  return { longTasks, frames: work.length, dropped: dropped / (work.length + dropped) }
}

/**
 * The tasks of the page's main thread during `act`, and when its frames began. Times of tasks are the thread's
 * own: what other processes take from it is left out.
 */
async function mainThread(browser, page, act) {
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] })
  await act()
  const { traceEvents } = JSON.parse(await browser.stopTracing())
  const threadOf = ({ pid, tid }) => `${pid}:${tid}`
  const pages = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(threadOf),
  )
  const events = traceEvents
    .filter((event) => pages.has(threadOf(event)))
    .toSorted((a, b) => a.ts - b.ts)
  const tasks = outermost(events.filter(({ name, tdur }) => name.endsWith('RunTask') && tdur > 0))
  if (tasks.length === 0) throw new Error('The trace of the browser has no tasks.')
  // A frame begins with its task, and not with the callback in it.
  const frameStarts = events
    .filter(({ name }) => name === 'FireAnimationFrame')
    .map(({ ts }) => tasks.findLast(({ at }) => at <= ts)?.at ?? ts)
  return { tasks, frameStarts: [...new Set(frameStarts)] }
}

/** A task may run others, whose time is a part of its own. */
function outermost(events) {
  const ends = new Map()
  const found = events.filter(({ pid, ts, dur }) => {
    if (ts < (ends.get(pid) ?? 0)) return false
    ends.set(pid, ts + dur)
    return true
  })
  return found.map(({ ts, tdur }) => ({ at: ts, ms: tdur / 1000 }))
}
