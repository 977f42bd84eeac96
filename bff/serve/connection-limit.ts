// Limits the number of connections. All clients on this machine, or behind one proxy, share an address,
// so they cannot be limited per address. If all are in use, a new one replaces the connection that has
// gone longest without a complete request, so that slow or idle clients lock no one out.
import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'

export function limitConnections(server: Server, maxConnections: number): void {
  /** The running request of each connection, if any. The first one is idle longest. */
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
      // With pipelining, a later request may have replaced this one.
      if (connections.get(socket) === request) set(socket, null)
    })
  })
}

function longestWaiting(connections: Map<Socket, IncomingMessage | null>): Socket | undefined {
  for (const [socket, request] of connections) if (request?.complete !== true) return socket
}
