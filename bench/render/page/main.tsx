// What the bench asks of the page: mount a candidate, feed it, say what was seen.
import './bench.css'
import type { Candidate, Mount } from './candidate.ts'
import { codeLines, lines, nothing } from './plain.ts'
import { reactMarkdown, streamdown, tally } from './react.tsx'
import { follow, type Seen, watch } from './feed.ts'

const mounts: Record<string, Mount> = {
  null: nothing,
  limit: lines,
  'code limit': codeLines,
  tally,
  streamdown,
  'react-markdown': reactMarkdown,
}

const thread = document.getElementById('thread')
const answer = document.getElementById('answer')
if (thread === null || answer === null) throw new Error('The page is not whole.')

let candidate: Candidate = nothing()
let pins = false

const frame = () => new Promise((drawn) => requestAnimationFrame(drawn))

/** React draws in a microtask after it was told; the thread follows after that. */
function draw(): void {
  candidate.draw()
  if (pins) queueMicrotask(() => (thread!.scrollTop = thread!.scrollHeight))
}

const bench = {
  async mount(name: string): Promise<void> {
    const mount = mounts[name]
    if (mount === undefined) throw new Error(`There is no ${name}.`)
    candidate = mount(answer)
    pins = name !== 'null'
    await frame()
    await frame()
  },

  /** Follows a stream to its end and draws at most once per frame. */
  async stream(address: string): Promise<Seen> {
    const seen = watch()
    let fresh = false
    let running = true
    const loop = () => {
      if (fresh) draw()
      fresh = false
      if (running) requestAnimationFrame(loop)
    }
    requestAnimationFrame(loop)
    await follow(address, (delta) => {
      candidate.push(delta)
      fresh = true
    })
    running = false
    return seen()
  },

  /** Everything at once, 16 tokens per task, as a replay delivers it. */
  async replay(tokens: string[], everyTask: boolean): Promise<void> {
    let asked = false
    const { port1, port2 } = new MessageChannel()
    for (let at = 0; at < tokens.length; at += 16) {
      for (const token of tokens.slice(at, at + 16)) candidate.push(token)
      if (everyTask) draw()
      else if (!asked) requestAnimationFrame(() => [draw(), (asked = false)])
      asked = true
      await new Promise((next) => {
        port2.addEventListener('message', next, { once: true })
        port2.start()
        port1.postMessage(null)
      })
    }
    await frame()
    await frame()
  },

  /** Grows quickly, as far as a measurement begins. */
  async fill(tokens: string[]): Promise<void> {
    for (let at = 0; at < tokens.length; at += 250) {
      for (const token of tokens.slice(at, at + 250)) candidate.push(token)
      draw()
      await frame()
    }
    await frame()
    // Past the length that is formatted by itself, a reader who wants all of it asks for it.
    const more = document.querySelector<HTMLButtonElement>('.md-notice button')
    more?.click()
    await frame()
  },

  /** One token per frame. */
  async grow(tokens: string[]): Promise<void> {
    for (const token of tokens) {
      candidate.push(token)
      draw()
      await frame()
    }
  },

  async end(): Promise<void> {
    candidate.end()
    await frame()
    await frame()
  },
}

declare global {
  interface Window {
    bench: typeof bench
  }
}

window.bench = bench
