// Reads fields of JSON that may be anything.

export type JsonObject = Record<string, unknown>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Returns an own field, so that a missing one is never found on the prototype. */
export function field(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

export function objectAt(value: unknown, name: string): JsonObject | null {
  const found = field(value, name)
  return isObject(found) ? found : null
}

export function listAt(value: unknown, name: string): unknown[] {
  const found = field(value, name)
  return Array.isArray(found) ? found : []
}

/** Returns the text, or the empty one. */
export function textAt(value: unknown, name: string): string {
  const found = field(value, name)
  return typeof found === 'string' ? found : ''
}

/** Returns null if there is no text. */
export function idAt(value: unknown, name: string): string | null {
  const found = textAt(value, name)
  return found === '' ? null : found
}

const FIRST = Date.UTC(1980, 0)
const LAST = Date.UTC(2200, 0)

/** Reads seconds, milliseconds or a text as a time. Returns null if it is none. */
export function timeAt(value: unknown, name: string): string | null {
  const found = field(value, name)
  const ms = typeof found === 'number' ? toMs(found) : Date.parse(textAt(value, name))
  return ms > FIRST && ms < LAST ? new Date(ms).toISOString() : null
}

/** Seconds do not reach this number before the year 5138. */
const MIN_MS = 100_000_000_000

function toMs(time: number): number {
  return Math.round(time < MIN_MS ? time * 1000 : time)
}

const MAX_SOURCE_CHARS = 100_000

/** Returns the JSON of something unknown, or a note where it is too large or too deep. */
export function sourceOf(value: unknown): string {
  try {
    const json = JSON.stringify(value, null, 2) ?? 'null'
    return json.length <= MAX_SOURCE_CHARS ? json : `${json.slice(0, MAX_SOURCE_CHARS)}…`
  } catch {
    return '"too deep to show"'
  }
}
