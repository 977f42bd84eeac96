import { Store } from '../ui/store.ts'

export const NOT_LOADED = 'A part of this page could not be loaded. Reload it; your text is kept.'

/** Why what was last asked for at a place did not work, in words for the person who asked. */
export class Failures extends Store {
  readonly #words = new Map<string, string>()

  get(place: string): string | null {
    return this.#words.get(place) ?? null
  }

  set(place: string, words: string | null): void {
    if (words === null) this.#words.delete(place)
    else this.#words.set(place, words)
    this.notify()
  }
}
