// Detects repeated requests: a page or a monitor that polls every few seconds and gets the same status.
// A different status or a failure is not a repetition.
import { LRUMap } from '../cache/lru-map.ts'

const WITHIN_MS = 15_000
const MAX_PATHS = 200

interface Answered {
  method: string
  path: string
  status: number
}

export class LogDeduplication {
  readonly #last = new LRUMap<{ status: number; at: number }>(MAX_PATHS)

  isRepeat({ method, path, status }: Answered, at: number): boolean {
    if (method !== 'GET') return false
    const last = this.#last.get(path)
    this.#last.set(path, { status, at })
    return status < 400 && last?.status === status && at - last.at < WITHIN_MS
  }
}
