// The server that `slow_tool` calls. A call stays open until the test finishes it.
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'

export class SlowTools implements AsyncDisposable {
  /** The names of the calls, in order. */
  readonly begun: string[] = []
  readonly #waiting = new Map<string, ServerResponse>()
  readonly #server = createServer((request, response) => {
    const name = request.url?.slice(1) ?? ''
    this.begun.push(name)
    this.#waiting.set(name, response)
  })

  static async open(): Promise<SlowTools> {
    const slowTools = new SlowTools()
    slowTools.#server.listen(0, '127.0.0.1')
    await once(slowTools.#server, 'listening')
    return slowTools
  }

  /** Returns the tool call for this name. */
  call(name: string): { call: { name: string; arguments: { address: string } } } {
    const address = this.#server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    return {
      call: { name: 'slow_tool', arguments: { address: `http://127.0.0.1:${port}/${name}` } },
    }
  }

  finish(name: string): void {
    this.#waiting.get(name)?.end(`Done: ${name}`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }
}
