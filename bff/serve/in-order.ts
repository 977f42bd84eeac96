// Runs pipelined requests of a connection one after the other: responses are sent in order anyway, and a
// thousand at once would hold a thousand responses in memory.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** With more requests waiting, the connection is not read. */
const MAX_WAITING = 32

interface Queue {
  waiting: (() => void)[]
  isBusy: boolean
}

const queues = new WeakMap<Socket, Queue>()

/** Calls `answer` after all earlier requests of the connection have been answered. */
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
