// Looking into JSON whose shape is only hoped for.

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The text at `key`, or an empty one. */
export function textAt(value: unknown, key: string): string {
  const found = isRecord(value) ? value[key] : undefined
  return typeof found === 'string' ? found : ''
}

export function recordAt(value: unknown, key: string): Record<string, unknown> | null {
  const found = isRecord(value) ? value[key] : undefined
  return isRecord(found) ? found : null
}

export function listAt(value: unknown, key: string): unknown[] {
  const found = isRecord(value) ? value[key] : undefined
  return Array.isArray(found) ? found : []
}
