// The HTTP server: security headers, then the gate, then the app, all on Node's own request and
// response, so that every response passes them.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { getRequestListener, RequestError } from '@hono/node-server'
import { limitConnections } from './connection-limit.ts'
import { checkRequest, uploadOf } from '../http/gate.ts'
import { SECURITY_HEADERS } from '../http/headers.ts'
import { chooseLanguage, inLanguage } from '../http/language.ts'
import { inOrder } from './in-order.ts'
import type { Log } from '../log/log.ts'
import { Problem } from '../http/problem.ts'
import { MAX_STREAMS } from '../runs/stream-limit.ts'

const LIMITS = {
  maxHeaderSize: 8 * 1024,
  headersTimeout: 10_000,
  // An upload may take longer, so receiving a request is limited below.
  requestTimeout: 0,
  /** How often both are checked. */
  connectionsCheckingInterval: 2_000,
  keepAliveTimeout: 75_000,
  // A request without a host is refused by the gate.
  requireHostHeader: false,
}
/** Limits receiving a request. A response may stream for any time. */
const REQUEST_TIMEOUT_MS = 60_000
/** All allowed streams, and space for other requests. */
const MAX_CONNECTIONS = MAX_STREAMS + 500

export interface App {
  fetch(request: Request, env: object): Response | Promise<Response>
}

export function createHttpServer(app: App, log: Log, publicUrl: URL | null = null): Server {
  const answer = getRequestListener((request, env) => app.fetch(request, env), {
    overrideGlobalObjects: false,
    errorHandler: (error) => {
      if (error instanceof RequestError) return new Problem('bad_request').toResponse()
      log.fault(error, 'request')
      return new Problem('internal').toResponse()
    },
  })
  const server = createServer(LIMITS, (request, response) => {
    logWhenOver(request, response, log)
    response.setHeaders(SECURITY_HEADERS)
    if (request.url?.startsWith('/api/')) response.setHeader('Cache-Control', 'no-store')
    const refused = inLanguage(chooseLanguage('auto', request.headers['accept-language']), () =>
      checkAndRefuse(request, response, publicUrl),
    )
    if (refused) return
    if (uploadOf(request) === null) limitReceiving(request, response)
    inOrder(request, response, () => void answer(request, response))
  })
  server.on('clientError', refuseUnparsed)
  // Node would answer by itself, without headers, gate and log.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response))
  limitConnections(server, MAX_CONNECTIONS)
  return server
}

function checkAndRefuse(
  request: IncomingMessage,
  response: ServerResponse,
  publicUrl: URL | null,
): boolean {
  try {
    checkRequest(request, publicUrl)
    return false
  } catch (error) {
    refuse(response, error instanceof Problem ? error : new Problem('internal'))
    return true
  }
}

function refuse(response: ServerResponse, problem: Problem): void {
  response.writeHead(problem.status, { 'Content-Type': 'application/problem+json' })
  response.end(JSON.stringify(problem.toBody()))
}

function limitReceiving(request: IncomingMessage, response: ServerResponse): void {
  const { 'transfer-encoding': encoding, 'content-length': length = '0' } = request.headers
  if (encoding === undefined && length === '0') return
  const timer = setTimeout(() => {
    const error = Object.assign(new Error('late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' })
    refuseUnparsed(error, request.socket)
  }, REQUEST_TIMEOUT_MS)
  const forget = () => clearTimeout(timer)
  request.once('end', forget)
  response.once('close', forget)
}

const UNPARSED: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

/** Answers invalid HTTP, which never becomes a request, with the security headers. */
function refuseUnparsed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return
  const status = UNPARSED[error.code ?? ''] ?? '400 Bad Request'
  const headers = [...SECURITY_HEADERS].map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(
    `HTTP/1.1 ${status}\r\n${headers.join('')}Content-Length: 0\r\nConnection: close\r\n\r\n`,
  )
}

function logWhenOver(request: IncomingMessage, response: ServerResponse, log: Log): void {
  const started = performance.now()
  response.once('close', () => {
    log.request({
      method: request.method ?? '',
      path: request.url?.split('?', 1)[0] ?? '',
      status: response.statusCode,
      ms: Math.round(performance.now() - started),
    })
  })
}
