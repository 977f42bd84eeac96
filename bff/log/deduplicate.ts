// Knows what only says again what was just said: a page or a monitor that asks the same thing every
// few seconds and gets the same kind of answer. Another answer is news, and so is a failure.
const WITHIN_MS = 15_000
const MAX_PATHS = 200

interface Answered {
  method: string
  path: string
  status: number
}

export class LogDeduplication {
  readonly #last = new Map<string, { status: number; at: number }>()

  isRepeat({ method, path, status }: Answered, at: number): boolean {
    if (method !== 'GET') return false
    const last = this.#last.get(path)
    // The newest stand at the end.
    this.#last.delete(path)
    this.#last.set(path, { status, at })
    for (const oldest of this.#last.keys()) {
      if (this.#last.size <= MAX_PATHS) break
      this.#last.delete(oldest)
    }
    return status < 400 && last?.status === status && at - last.at < WITHIN_MS
  }
}
