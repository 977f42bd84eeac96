// How many connections there are at once. Everybody on this machine, or behind one proxy, shares an
// address, so nobody can be told apart by it. When all are taken, a new one takes the place of the
// one that has gone longest without a complete request: slow or idle ones lock nobody out.
import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'

export function limitConnections(server: Server, maxConnections: number): void {
  /** The request under way of each, if any. The first one has gone longest without a change. */
  const connections = new Map<Socket, IncomingMessage | null>()
  const set = (socket: Socket, request: IncomingMessage | null) => {
    connections.delete(socket)
    if (!socket.destroyed) connections.set(socket, request)
  }
  server.on('connection', (socket) => {
    if (connections.size >= maxConnections) (longestWaiting(connections) ?? socket).destroy()
    set(socket, null)
    socket.once('close', () => connections.delete(socket))
  })
  server.on('request', (request, response) => {
    const { socket } = request
    set(socket, request)
    response.once('close', () => {
      // Pipelined requests come before the answers to those before them.
      if (connections.get(socket) === request) set(socket, null)
    })
  })
}

function longestWaiting(connections: Map<Socket, IncomingMessage | null>): Socket | undefined {
  for (const [socket, request] of connections) if (request?.complete !== true) return socket
}
