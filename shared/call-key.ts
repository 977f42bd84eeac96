/**
 * What names a call in its run, and what the events of the nested run that it starts carry as
 * `parentCallId`. Nested runs may use the same ids, so inside one the key says of which.
 */
export function callKey(callId: string, parentCallId: string | null | undefined): string {
  return parentCallId === undefined || parentCallId === null
    ? callId
    : JSON.stringify([parentCallId, callId])
}

/** The call inside a nested run that a key names. Null: it is a call of the run itself. */
export function splitCallKey(key: string): { parentCallId: string; callId: string } | null {
  if (!key.startsWith('["')) return null
  try {
    const [parentCallId, callId]: unknown[] = JSON.parse(key)
    const isKey = typeof parentCallId === 'string' && typeof callId === 'string'
    return isKey ? { parentCallId, callId } : null
  } catch {
    return null
  }
}
