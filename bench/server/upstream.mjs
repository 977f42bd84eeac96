// A provider on raw sockets in its own process: each answer streams its tokens at a steady rate, one per
// packet, until it is told to finish.
import { createServer } from 'node:net'
import { randomBytes } from 'node:crypto'
import { answerWith } from './processes.mjs'
import { stampedToken } from './stamp.mjs'
import { chat, responses } from './wire.mjs'

const HEAD =
  'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n'
const TITLE = '{"title":"How a river finds the sea"}'
const DELEGATE = { name: 'delegate', arguments: '{"input":"How does a river find the sea?"}' }
const MODELS = { object: 'list', data: [{ id: 'gpt-4.1', object: 'model' }] }

const streams = new Set()
let everyMs = 20
let sent = 0

const server = createServer((socket) => {
  socket.setNoDelay(true)
  socket.on('error', () => {})
  let received = ''
  socket.on('data', (data) => {
    received += data.toString('latin1')
    const length = requestLength(received)
    if (length === null || received.length < length) return
    const request = received.slice(0, length)
    received = received.slice(length)
    answer(socket, request)
  })
})

/** Returns null while the head is incomplete. Requests of unknown length are chunked. */
function requestLength(text) {
  const head = text.indexOf('\r\n\r\n')
  if (head === -1) return null
  const length = /content-length: *(\d+)/i.exec(text.slice(0, head))
  if (length !== null) return head + 4 + Number(length[1])
  if (!/transfer-encoding: *chunked/i.test(text.slice(0, head))) return head + 4
  const end = text.indexOf('0\r\n\r\n', head + 4)
  return end === -1 ? null : end + 5
}

function answer(socket, request) {
  const path = request.split(' ', 2)[1] ?? ''
  const wire = path.endsWith('/responses') ? responses : chat
  if (path.endsWith('/models')) return whole(socket, MODELS)
  // A request without streaming is for the title of a conversation.
  if (!/"stream": ?true/.test(request)) return whole(socket, wire.whole(TITLE))
  const id = randomBytes(24).toString('hex')
  if (givesAway(request)) return socket.write(`${HEAD}${framed(wire.call(id, DELEGATE))}0\r\n\r\n`)
  // Gives each stream its own phase, so that they do not send at the same moment.
  const next = performance.now() + Math.random() * everyMs
  const stream = { socket, wire, id, next, count: 0, text: '' }
  socket.write(HEAD + framed(wire.head(id)))
  streams.add(stream)
  socket.once('close', () => streams.delete(stream))
}

/** The first request of an agent that has the tool. */
function givesAway(request) {
  const isFirst = !/"function_call_output"|"role": ?"tool"/.test(request)
  return isFirst && request.includes(`"name":"${DELEGATE.name}"`)
}

function whole(socket, body) {
  const json = JSON.stringify(body)
  const head = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(json)}`
  socket.write(`HTTP/1.1 200 OK\r\n${head}\r\n\r\n${json}`)
}

function framed(text) {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`
}

function sendDue() {
  const now = performance.now()
  for (const stream of streams) {
    if (stream.next > now) continue
    sendToken(stream)
    stream.next = Math.max(stream.next + everyMs, now)
  }
  setTimeout(sendDue, 1)
}
sendDue()

function sendToken(stream) {
  const delta = stampedToken()
  stream.text += delta
  stream.socket.write(framed(stream.wire.token(stream.id, stream.count, delta)))
  stream.count += 1
  sent += 1
}

function finish(stream) {
  // An answer without text would be retried.
  if (stream.count === 0) sendToken(stream)
  const { socket, wire, id, count, text } = stream
  socket.write(`${framed(wire.tail(id, count, text))}0\r\n\r\n`)
}

answerWith({
  listen: () =>
    new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve(server.address().port))
    }),
  pace: ({ perSecond }) => {
    everyMs = 1000 / perSecond
  },
  sent: () => sent,
  finish: () => {
    for (const stream of streams) finish(stream)
    streams.clear()
  },
})
