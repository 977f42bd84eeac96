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

/**
 * Returns the longest task of the main thread during `act`, in milliseconds of its own time: what other
 * processes take from it is left out.
 */
export async function longestTask(browser, page, act) {
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] })
  await act()
  const { traceEvents } = JSON.parse(await browser.stopTracing())
  const threadOf = ({ pid, tid }) => `${pid}:${tid}`
  const pages = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(threadOf),
  )
  const tasks = traceEvents.filter(
    (event) => event.name === 'RunTask' && event.tdur > 0 && pages.has(threadOf(event)),
  )
  return Math.round(Math.max(0, ...tasks.map(({ tdur }) => tdur)) / 1000)
}
