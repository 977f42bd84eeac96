// Detects repeated requests: a page or a monitor that polls every few seconds and gets the same status.
// A different status or a failure is not a repetition.
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
    // Keeps the newest at the end.
    this.#last.delete(path)
    this.#last.set(path, { status, at })
    for (const oldest of this.#last.keys()) {
      if (this.#last.size <= MAX_PATHS) break
      this.#last.delete(oldest)
    }
    return status < 400 && last?.status === status && at - last.at < WITHIN_MS
  }
}
