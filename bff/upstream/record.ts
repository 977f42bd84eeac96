// Looking into JSON whose shape is only hoped for.

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The text at `key`, or an empty one. */
export function textAt(value: unknown, key: string): string {
  const found = isRecord(value) ? value[key] : undefined
  return typeof found === 'string' ? found : ''
}

const MAX_NAME_CHARS = 200

/** The name or id that an answer gives something: short, whatever stands there. */
export function nameAt(value: unknown, key: string): string {
  return textAt(value, key).slice(0, MAX_NAME_CHARS)
}

export function recordAt(value: unknown, key: string): Record<string, unknown> | null {
  const found = isRecord(value) ? value[key] : undefined
  return isRecord(found) ? found : null
}

export function listAt(value: unknown, key: string): unknown[] {
  const found = isRecord(value) ? value[key] : undefined
  return Array.isArray(found) ? found : []
}
