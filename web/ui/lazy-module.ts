import { Store } from './store.ts'

/** A module loaded on demand; `loaded` returns null until then. */
export class LazyModule<Part> extends Store {
  readonly #fetch: () => Promise<Part>
  #loaded: Part | null = null
  #loading: Promise<Part> | null = null

  constructor(fetch: () => Promise<Part>) {
    super()
    this.#fetch = fetch
  }

  readonly loaded = () => this.#loaded

  /** Loads the module once. A failed load is retried on the next call. */
  async load(): Promise<Part> {
    this.#loading ??= this.#fetch()
    try {
      this.#loaded ??= await this.#loading
    } catch (error) {
      this.#loading = null
      throw error
    }
    this.notify()
    return this.#loaded
  }
}
