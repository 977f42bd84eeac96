// Serves the built page, and streams a run like the product does: one event per token at a steady rate.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { NO_CALLS } from '../../shared/ledger.ts'
import { encodeData, encodeFrame } from '../../shared/sse.ts'
import { answer } from './answer.mjs'

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }
const at = '2026-01-01T00:00:00.000Z'

/** A run's name contains its parameters: seed, tokens, tokens per second. */
const RUN = /^\/api\/runs\/(\d+)-(\d+)-(\d+)\/events$/

export async function serve(folder) {
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost')
    const run = RUN.exec(url.pathname)
    if (run !== null) stream(run, response)
    else void file(join(folder, url.pathname), response)
  })
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  return { address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }
}

async function file(path, response) {
  try {
    const body = await readFile(path)
    response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' })
    response.end(body)
  } catch {
    response.writeHead(404).end()
  }
}

function stream([, seed, count, rate], response) {
  const tokens = answer(Number(seed), Number(count))
  const perSecond = Number(rate)
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  response.write(frame(1, { type: 'run', at, ...names }))
  const start = performance.now()
  let sent = 0
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - start) / 1000) * perSecond)
    let frames = ''
    for (; sent < Math.min(due, tokens.length); sent += 1) {
      frames += frame(sent + 2, { type: 'token', at, delta: tokens[sent] })
    }
    if (frames !== '') response.write(frames)
    if (sent < tokens.length) return
    clearInterval(timer)
    response.end(frame(sent + 2, { type: 'done', at, status: 'completed', totals: NO_CALLS }))
  }, 1)
  response.on('close', () => clearInterval(timer))
}

const names = {
  runId: 'r',
  conversationId: 'c',
  messageId: 'live',
  agent: 'assistant',
  provider: 'demo',
  model: 'demo',
}

function frame(seq, event) {
  return encodeFrame(seq, event.type, encodeData(event))
}
