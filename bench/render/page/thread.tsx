// A conversation of many messages: opened, scrolled up, and streamed at its end.
import { createRoot } from 'react-dom/client'
import { Markdown } from '../../../web/markdown/markdown.tsx'
import { rowsOf } from './messages.ts'
import { Thread } from './tally.tsx'
import { type Seen, watch } from './watch.ts'

const PAGE = 50

interface Scrolled {
  /** Pixels between the view and the end of the thread just after opening. */
  gap: number
  /** The number of steps after which the wrong content was on the screen. */
  jumps: number
  steps: number
}

export const thread = {
  /** The product: the newest page, and older ones when the reader comes near. */
  async open(texts: string[]): Promise<void> {
    const rows = rowsOf(texts)
    const older = Array.from({ length: Math.ceil(rows.length / PAGE) - 1 }, (_, page) =>
      rows.slice(page * PAGE, (page + 1) * PAGE),
    )
    createRoot(box()).render(<Thread rows={rows.slice(-PAGE)} older={older} />)
    await settled()
  },

  /** The same, with what a reader would notice of it within a second. */
  async openWatched(texts: string[]): Promise<Seen> {
    const seen = watch()
    await thread.open(texts)
    await new Promise((later) => setTimeout(later, 1_000))
    return seen()
  },

  /** The lower bound: only the newest page, with nothing around it. */
  async openBare(texts: string[]): Promise<void> {
    createRoot(box()).render(
      <div id="bare">
        <div>
          {texts.slice(-PAGE).map((text, index) => (
            <article key={index}>
              <Markdown text={text} />
            </article>
          ))}
        </div>
      </div>,
    )
    await frame()
    const bare = document.getElementById('bare')
    if (bare !== null) bare.scrollTop = bare.scrollHeight
    await settled()
  },

  /** Scrolls up in steps, and checks that the content moves by the same distance. */
  async scrollUp(steps: number): Promise<Scrolled> {
    const log = document.querySelector('[role=log]')
    if (log === null) throw new Error('There is no thread.')
    const gap = log.scrollHeight - log.clientHeight - log.scrollTop
    let jumps = 0
    for (let step = 0; step < steps; step += 1) {
      const mark = [...log.querySelectorAll('article')].find(
        (article) => article.getBoundingClientRect().bottom > 0,
      )
      const before = mark?.getBoundingClientRect().top ?? 0
      const step = Math.min(300, log.scrollTop)
      log.scrollBy(0, -step)
      await frame()
      await frame()
      const moved = (mark?.getBoundingClientRect().top ?? 0) - before
      if (Math.abs(moved - step) > 2) jumps += 1
    }
    return { gap: Math.round(gap), jumps, steps }
  },
}

function box(): HTMLElement {
  const element = document.createElement('div')
  document.body.replaceChildren(element)
  return element
}

function frame(): Promise<number> {
  return new Promise((drawn) => requestAnimationFrame(drawn))
}

async function settled(): Promise<void> {
  for (let count = 0; count < 5; count += 1) await frame()
}
