// T6 and T7: opening a long conversation, scrolling up, and streaming at its end.
import { answer } from './render/answer.mjs'
import { measureIn } from './render/browser.mjs'
import { atMost, interleave, median, netOf } from './render/measures.mjs'
import { withPage } from './render/page.mjs'

const MESSAGES = 2_000
/** The number of messages the page keeps above a reader at the end. */
const FULL = 400
const FRAMES = 180

export async function* measure(wants) {
  if (['T6', 'T7'].some(wants)) yield* withPage((at) => measureWanted(at, wants))
}

async function* measureWanted(at, wants) {
  const texts = conversation(MESSAGES)
  if (wants('T6')) yield* opened(at, texts)
  if (wants('T7')) yield* streamedBelow(at, texts)
}

async function* opened({ browser, address }, texts) {
  const rounds = await interleave(['openBare', 'open'], (how) =>
    measureIn(browser, address, {
      act: (page) => page.evaluate(([name, all]) => window.bench.thread[name](all), [how, texts]),
    }),
  )
  const cost = (how) => median(rounds[how].map(({ ms }) => ms))
  const what = `open a conversation of ${MESSAGES} messages`
  yield atMost('T6', `${what} / the last 50 alone`, cost('open') / cost('openBare'), 1.2)

  const { seen } = await measureIn(browser, address, {
    before: (page) => page.evaluate((all) => window.bench.thread.open(all), texts),
    act: (page) => page.evaluate(() => window.bench.thread.scrollUp(80)),
  })
  yield exactly(`${what}: gap to its end`, seen.gap, ' px')
  yield exactly(`${what}: jumps in ${seen.steps} steps up`, seen.jumps, '')
}

async function* streamedBelow({ browser, address }, texts) {
  const tokens = answer(5, 400 + FRAMES)
  const above = { null: 0, empty: 0, full: FULL }
  const rounds = await interleave(Object.keys(above), (name) =>
    measureIn(browser, address, {
      before: async (page) => {
        await page.evaluate(
          ([mounts, rows]) => window.bench.mount(mounts, rows),
          [name === 'null' ? 'null' : 'tally', texts.slice(0, above[name])],
        )
        await page.evaluate((all) => window.bench.fill(all), tokens.slice(0, 400))
        // The messages of a new thread are laid out once the page has settled (use-offscreen.ts).
        await page.waitForTimeout(1_000)
      },
      act: (page) => page.evaluate((all) => window.bench.grow(all), tokens.slice(400)),
    }),
  )
  const net = netOf(rounds)
  const what = `stream below ${FULL} messages, ${(net.full / FRAMES).toFixed(2)} ms per frame`
  yield atMost('T7', `${what} / in an empty thread`, net.full / net.empty, 1.5)
}

/** One-line questions, and answers of all lengths. */
function conversation(count) {
  const tokens = answer(9, 60_000)
  return Array.from({ length: count }, (_, index) => {
    const length = index % 2 === 0 ? 12 : 40 + ((index * 37) % 160)
    const start = (index * 97) % (tokens.length - 200)
    return tokens.slice(start, start + length).join('')
  })
}

function exactly(what, found, unit) {
  return { id: 'T6', what, ratio: `${found}${unit}`, target: `0${unit}`, holds: found === 0 }
}
