import { Store } from './store.ts'

/** A part of the page that is loaded by itself; null until it is here. */
export class Coming<Part> extends Store {
  readonly #fetch: () => Promise<Part>
  #here: Part | null = null
  #loading: Promise<Part> | null = null

  constructor(fetch: () => Promise<Part>) {
    super()
    this.#fetch = fetch
  }

  readonly here = () => this.#here

  /** Loads it once; when that has failed, the next call tries again. */
  async load(): Promise<Part> {
    this.#loading ??= this.#fetch()
    try {
      this.#here ??= await this.#loading
    } catch (error) {
      this.#loading = null
      throw error
    }
    this.notify()
    return this.#here
  }
}
