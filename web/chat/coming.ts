/** A part of the page that is loaded by itself; null until it is here. */
export class Coming<Part> {
  readonly #fetch: () => Promise<Part>
  #here: Part | null = null
  #loading: Promise<Part> | null = null
  readonly #subscribers = new Set<() => void>()

  constructor(fetch: () => Promise<Part>) {
    this.#fetch = fetch
  }

  readonly subscribe = (notify: () => void) => {
    this.#subscribers.add(notify)
    return () => this.#subscribers.delete(notify)
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
    for (const notify of this.#subscribers) notify()
    return this.#here
  }
}
