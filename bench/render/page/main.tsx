// The interface of the bench page: mount a candidate, feed it, and report what was seen.
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

// As in the product.
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

  /** `above` holds the texts of the messages above the answer. */
  async mount(name: string, above: string[] = []): Promise<void> {
    const mount = mounts[name]
    if (mount === undefined) throw new Error(`There is no ${name}.`)
    candidate = mount(answer, above)
    await frame()
    await frame()
  },

  /** Follows a run like the product does, and draws at most once per frame. */
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

  /** Delivers everything at once, 16 tokens per task, like a replay. */
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
    // Until everything stands there, whenever its drawing was put off to.
    await new Promise((later) => setTimeout(later, 250))
    await frame()
    await frame()
  },

  /** Grows quickly to the length where a measurement begins. */
  async fill(tokens: string[]): Promise<void> {
    const events = tokens.map(token)
    for (let at = 0; at < events.length; at += 250) {
      push(events.slice(at, at + 250))
      draw()
      await frame()
    }
    // Beyond the length that is formatted automatically, the reader must request the rest.
    document.querySelector<HTMLButtonElement>('.md-notice button')?.click()
    await frame()
    await frame()
  },

  /** Adds one token per frame. */
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

/** React draws in a microtask, and the thread scrolls after that. */
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
