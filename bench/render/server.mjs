// Serves the built page, and an answer as server-sent events at a steady rate, one per token.
import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { answer } from './answer.mjs'

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

export async function serve(folder) {
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost')
    if (url.pathname === '/stream') stream(url.searchParams, response)
    else file(join(folder, url.pathname), response)
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

function stream(params, response) {
  const tokens = answer(Number(params.get('seed')), Number(params.get('tokens')))
  const perSecond = Number(params.get('rate'))
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  response.flushHeaders()
  const start = performance.now()
  let sent = 0
  const timer = setInterval(() => {
    const due = Math.min(
      tokens.length,
      Math.floor(((performance.now() - start) / 1000) * perSecond),
    )
    let frames = ''
    for (; sent < due; sent += 1) frames += frame(sent + 1, tokens[sent])
    if (frames !== '') response.write(frames)
    if (sent < tokens.length) return
    clearInterval(timer)
    response.end()
  }, 1)
  response.on('close', () => clearInterval(timer))
}

function frame(seq, delta) {
  const data = { type: 'token', delta, at: '2026-01-01T00:00:00.000Z' }
  return `event: token\nid: ${seq}\ndata: ${JSON.stringify(data)}\n\n`
}
