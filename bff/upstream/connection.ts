// Whether a request found its way to a server at all. Without a connection nothing was sent, so
// nothing can have been done and nothing can be billed.
import type { ClientRequest } from 'node:http'

const CONNECT_MS = 10_000

/** No connection came about. */
export class ConnectionFailed extends Error {
  /** A server is there, but the secure connection failed. */
  readonly found: boolean

  constructor(cause: unknown, found: boolean) {
    super('No connection came about.', { cause })
    this.found = found
  }
}

/** Converts the failure of a request, by how far the request came. */
export type ErrorOfConnection = (error: unknown) => unknown

/** To be called before the request has its socket. */
export function watchConnection(request: ClientRequest, connectMs = CONNECT_MS): ErrorOfConnection {
  const way = { found: false, reached: false }
  const late = () => request.destroy(new Error('The connection takes too long.'))
  const limit = setTimeout(late, connectMs)
  const arrive = () => {
    way.reached = true
    clearTimeout(limit)
  }
  request.once('close', () => clearTimeout(limit))
  request.once('socket', (socket) => {
    if (request.reusedSocket) return arrive()
    socket.once('connect', () => {
      way.found = true
    })
    socket.once(request.protocol === 'https:' ? 'secureConnect' : 'connect', arrive)
  })
  return (error) => (way.reached ? error : new ConnectionFailed(error, way.found))
}
