// Pipelined requests of one connection, one after the other: their answers go out in order anyway, and
// a thousand of them at once would hold a thousand answers in memory.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** With more waiting, nothing is read from the connection until they were answered. */
const MAX_WAITING = 32

interface Queue {
  waiting: (() => void)[]
  isBusy: boolean
}

const queues = new WeakMap<Socket, Queue>()

/** Calls `answer` when every request before it on its connection has been answered. */
export function inOrder(
  { socket }: IncomingMessage,
  response: ServerResponse,
  answer: () => void,
): void {
  const queue = queues.get(socket) ?? { waiting: [], isBusy: false }
  queues.set(socket, queue)
  const start = () => {
    queue.isBusy = true
    response.once('close', () => next(socket, queue))
    answer()
  }
  if (!queue.isBusy) return start()
  queue.waiting.push(start)
  if (queue.waiting.length > MAX_WAITING) socket.pause()
}

function next(socket: Socket, queue: Queue): void {
  queue.isBusy = false
  if (socket.destroyed) queue.waiting = []
  queue.waiting.shift()?.()
  if (socket.isPaused() && queue.waiting.length <= MAX_WAITING / 2) socket.resume()
}
