import { Store } from './store.ts'

/** A module that is loaded when it is needed; `loaded` is null until then. */
export class LazyModule<Part> extends Store {
  readonly #fetch: () => Promise<Part>
  #loaded: Part | null = null
  #loading: Promise<Part> | null = null

  constructor(fetch: () => Promise<Part>) {
    super()
    this.#fetch = fetch
  }

  readonly loaded = () => this.#loaded

  /** Loads it once; after a failure the next call tries again. */
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
