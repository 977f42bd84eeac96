// All readers in one process: opens streams on raw sockets and records when each token arrives.
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { answerWith } from './processes.mjs'
import { Dechunker } from './dechunker.mjs'
import { ageMs, nowUs } from './stamp.mjs'

const GOOD_ENDING = /event: done\ndata: [^\n]*"status":"completed"|response\.completed|\[DONE\]/
const ONLY_COMMENTS = /^(:[^\n]*\n\n)+$/
const TOKENS = /"(?:delta|content)":"((?: [0-9a-z]{5})+)"/g

let latencies = null
let tokens = 0
let open = new Set()
let badEndings = []

class Reader {
  #rest = ''
  #last = ''
  first = Promise.withResolvers()
  ended = Promise.withResolvers()

  constructor(port, path, body, headers) {
    this.first.promise.catch(() => {})
    const socket = connect(port, '127.0.0.1')
    socket.setNoDelay(true)
    const lines = [`POST ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, ...headers]
    const length = `Content-Length: ${Buffer.byteLength(body)}`
    socket.write([...lines, length, '', body].join('\r\n'))
    const body_ = new Dechunker(
      (text) => this.#read(text),
      () => socket.end(),
    )
    socket.on('data', (data) => body_.feed(data))
    socket.on('error', (error) => this.first.reject(error))
    socket.on('close', () => {
      open.delete(this)
      if (!GOOD_ENDING.test(this.#last)) badEndings.push(this.#last)
      this.first.reject(new Error(`It closed after: ${this.#last.slice(-300)}`))
      this.ended.resolve()
    })
    open.add(this)
  }

  #read(text) {
    const now = nowUs()
    const all = this.#rest + text
    const end = all.lastIndexOf('\n\n') + 2
    if (end === 1) {
      this.#rest = all
      return
    }
    this.#rest = all.slice(end)
    const frames = all.slice(0, end)
    if (!ONLY_COMMENTS.test(frames)) this.#last = frames
    for (const [, stamps] of frames.matchAll(TOKENS)) {
      for (const stamp of stamps.slice(1).split(' ')) {
        tokens += 1
        latencies?.push(ageMs(stamp, now))
      }
    }
    this.first.resolve()
  }
}

const JSON_TYPE = 'Content-Type: application/json'
const AS_STREAM = 'Accept: text/event-stream'

async function openOne({ port, kind, api, agent }) {
  if (kind !== 'tally') {
    const path = api === 'responses' ? '/v1/responses' : '/v1/chat/completions'
    const messages = [{ role: 'user', content: question() }]
    const body = JSON.stringify({ model: 'gpt-4.1', stream: true, input: messages, messages })
    return new Reader(port, path, body, [JSON_TYPE, AS_STREAM])
  }
  const response = await fetch(`http://127.0.0.1:${port}/api/conversations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ agent }),
  })
  const { id } = await response.json()
  const body = JSON.stringify({ text: question() })
  return new Reader(port, `/api/conversations/${id}/runs`, body, [JSON_TYPE, AS_STREAM])
}

let asked = 0
function question() {
  asked += 1
  return `Question ${asked}: how does a river find the sea, and why does it bend on its way? `.repeat(
    3,
  )
}

function at(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null
}

answerWith({
  /** Resolves when every stream has received something. */
  open: async ({ count, apartMs, ...where }) => {
    const readers = []
    for (let n = 0; n < count; n += 1) {
      readers.push(openOne(where))
      await wait(apartMs)
    }
    try {
      for (const reader of readers) await (await reader).first.promise
      return null
    } catch (error) {
      return String(error)
    }
  },
  record: () => {
    latencies = []
  },
  recorded: () => {
    const sorted = Float64Array.from(latencies).toSorted()
    latencies = null
    return { count: sorted.length, p50: at(sorted, 0.5), p99: at(sorted, 0.99), max: at(sorted, 1) }
  },
  tokens: () => tokens,
  /** Resolves when every stream has ended, with those that failed. */
  ended: async () => {
    await Promise.all([...open].map(({ ended }) => ended.promise))
    const bad = badEndings
    badEndings = []
    return bad
  },
})
