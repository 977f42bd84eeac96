// For tests: the app on a real port, and raw requests.
import { once } from 'node:events'
import type { Server } from 'node:http'
import { connect } from 'node:net'
import { onTestFinished } from 'vitest'
import { type App, createHttpServer } from '../serve/http-server.ts'
import { createLog, type Log } from '../log/log.ts'

export interface Served {
  port: number
  /** The log lines so far. */
  log: string[]
  /** Sends the text unchanged, and resolves with everything received. */
  send: (text: string) => Promise<Answer>
}

export interface Answer {
  status: number
  headers: Map<string, string>
  body: string
}

/** `makeApp` receives the log of its server. */
export async function serveForTest(
  makeApp: (log: Log) => App,
  publicUrl: URL | null = null,
): Promise<Served> {
  const lines: string[] = []
  const log = createLog({ write: (line) => void lines.push(line) })
  const server = createHttpServer(makeApp(log), log, publicUrl)
  const port = await listen(server)
  return { port, log: lines, send: (text) => send(port, text) }
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

async function send(port: number, text: string): Promise<Answer> {
  const socket = connect(port, '127.0.0.1')
  socket.end(text)
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(chunk)
  return parse(Buffer.concat(chunks).toString('latin1'))
}

function parse(text: string): Answer {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const headers = lines.map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
  })
  return {
    status: Number(first.split(' ')[1]),
    headers: new Map(headers),
    body: rest.join('\r\n\r\n'),
  }
}
