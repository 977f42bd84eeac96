// A fake of OpenAI's admin API with one page of costs and one of completions.
import { once } from 'node:events'
import { createServer } from 'node:http'

interface Books {
  costs: { day: string; line_item: string; value: number }[]
  completions: { day: string; model: string; num_model_requests: number }[]
}

export class FakeOpenAiAdmin implements AsyncDisposable {
  /** The keys of the requests. */
  readonly keys: (string | undefined)[] = []
  readonly #server = createServer()

  static async open(key: string, books: Books): Promise<FakeOpenAiAdmin> {
    const fake = new FakeOpenAiAdmin()
    fake.#server.on('request', (request, response) => {
      const asked = request.headers.authorization
      fake.keys.push(asked)
      const isKnown = asked === `Bearer ${key}`
      const costs = books.costs.map(({ day, line_item, value }) =>
        bucket(day, { line_item, amount: { value, currency: 'usd' } }),
      )
      const used = books.completions.map(({ day, ...counts }) =>
        bucket(day, { ...counts, input_tokens: 1, output_tokens: 1 }),
      )
      const data = request.url?.includes('/costs') === true ? costs : used
      response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' })
      response.end(JSON.stringify(isKnown ? { data, has_more: false, next_page: null } : {}))
    })
    fake.#server.listen(0, '127.0.0.1')
    await once(fake.#server, 'listening')
    return fake
  }

  get url(): string {
    const address = this.#server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    return `http://127.0.0.1:${port}/v1`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }
}

function bucket(day: string, result: object) {
  return { start_time: Date.parse(`${day}T00:00:00Z`) / 1000, results: [result] }
}
