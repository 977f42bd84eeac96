// What the bench asks of the page: mount a candidate, feed it, say what was seen.
import './bench.css'
import * as z from 'zod/mini'
import type { StoredRunEvent } from '../../../shared/run-event.ts'
import { followRun } from '../../../web/api/follow-run.ts'
import type { Candidate, Mount } from './candidate.ts'
import { markdown, reactMarkdown, streamdown } from './components.tsx'
import { token } from './messages.ts'
import { codeLines, lines, nothing } from './plain.ts'
import { samples } from './samples.tsx'
import { tally } from './tally.tsx'
import { thread } from './thread.tsx'
import { type Seen, watch } from './watch.ts'

// As the product does.
z.config({ jitless: true })

const mounts: Record<string, Mount> = {
  null: nothing,
  limit: lines,
  'code limit': codeLines,
  tally,
  markdown,
  streamdown,
  'react-markdown': reactMarkdown,
}

const scroller = find('thread')
const answer = find('answer')
let candidate: Candidate = nothing()

const bench = {
  samples,
  thread,

  /** `above`: the texts of messages that stand above the answer. */
  async mount(name: string, above: string[] = []): Promise<void> {
    const mount = mounts[name]
    if (mount === undefined) throw new Error(`There is no ${name}.`)
    candidate = mount(answer, above)
    await frame()
    await frame()
  },

  /** Follows a run as the product does and draws at most once per frame. */
  async stream(runId: string): Promise<Seen> {
    const seen = watch()
    const ended = Promise.withResolvers<void>()
    let asked = false
    followRun(runId, {
      onEvents: (events) => {
        for (const stored of events) candidate.push(stored)
        if (!asked) requestAnimationFrame(() => (draw(), (asked = false)))
        asked = true
      },
      onEnd: ended.resolve,
    })
    await ended.promise
    await frame()
    return seen()
  },

  /** Everything at once, 16 tokens per task, as a replay delivers it. */
  async replay(tokens: string[], everyTask: boolean): Promise<void> {
    const events = tokens.map(token)
    let asked = false
    for (let at = 0; at < events.length; at += 16) {
      push(events.slice(at, at + 16))
      if (everyTask) draw()
      else if (!asked) requestAnimationFrame(() => (draw(), (asked = false)))
      asked = true
      await nextTask()
    }
    await frame()
    await frame()
  },

  /** Grows quickly, to where a measurement begins. */
  async fill(tokens: string[]): Promise<void> {
    const events = tokens.map(token)
    for (let at = 0; at < events.length; at += 250) {
      push(events.slice(at, at + 250))
      draw()
      await frame()
    }
    // Past the length that is formatted by itself, a reader who wants all of it asks for it.
    document.querySelector<HTMLButtonElement>('.md-notice button')?.click()
    await frame()
    await frame()
  },

  /** One token per frame. */
  async grow(tokens: string[]): Promise<void> {
    for (const event of tokens.map(token)) {
      push([event])
      draw()
      await frame()
    }
  },
}

declare global {
  interface Window {
    bench: typeof bench
  }
}

window.bench = bench

function push(events: StoredRunEvent[]): void {
  for (const event of events) candidate.push(event)
}

/** React draws in a microtask after it was told; the thread follows after that. */
function draw(): void {
  candidate.draw()
  if (candidate.pins) queueMicrotask(() => (scroller.scrollTop = scroller.scrollHeight))
}

function frame(): Promise<number> {
  return new Promise((drawn) => requestAnimationFrame(drawn))
}

function nextTask(): Promise<unknown> {
  const { port1, port2 } = new MessageChannel()
  return new Promise((next) => {
    port2.addEventListener('message', next, { once: true })
    port2.start()
    port1.postMessage(null)
  })
}

function find(id: string): HTMLElement {
  const element = document.getElementById(id)
  if (element === null) throw new Error(`The page has no #${id}.`)
  return element
}
