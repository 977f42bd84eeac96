import { Store } from '../ui/store.ts'

export const NOT_LOADED = 'A part of this page could not be loaded. Reload it; your text is kept.'

export interface Failure {
  /** For the person who asked. */
  words: string
  /** What the server called it. */
  code?: string
  /** Whose model was asked for; null: the default one. */
  provider?: string | null
}

/** Why what was last asked for at a place did not work. */
export class Failures extends Store {
  readonly #failures = new Map<string, Failure>()

  get(place: string): Failure | null {
    return this.#failures.get(place) ?? null
  }

  set(place: string, failure: Failure | string | null): void {
    if (failure === null) this.#failures.delete(place)
    else this.#failures.set(place, typeof failure === 'string' ? { words: failure } : failure)
    this.notify()
  }
}
