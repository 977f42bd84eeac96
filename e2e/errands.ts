// Where the tool `errand` asks: it waits there until the test sends it home.
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'

export class Errands implements AsyncDisposable {
  /** The names of the errands that were begun, in their order. */
  readonly begun: string[] = []
  readonly #waiting = new Map<string, ServerResponse>()
  readonly #server = createServer((request, response) => {
    const name = request.url?.slice(1) ?? ''
    this.begun.push(name)
    this.#waiting.set(name, response)
  })

  static async open(): Promise<Errands> {
    const errands = new Errands()
    errands.#server.listen(0, '127.0.0.1')
    await once(errands.#server, 'listening')
    return errands
  }

  /** The tool call that runs this errand. */
  call(name: string): { call: { name: string; arguments: { address: string } } } {
    const address = this.#server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    return {
      call: { name: 'errand', arguments: { address: `http://127.0.0.1:${port}/${name}` } },
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
