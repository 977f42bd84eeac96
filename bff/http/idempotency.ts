// A request whose answer was lost is sent again. With the same Idempotency-Key and the same content it
// does its work once, however often it comes; with another content it is refused.
import { createHash } from 'node:crypto'
import { t } from '#shared/translate.ts'
import { Problem } from './problem.ts'

export interface Idempotency {
  key: string
  hash: string
}

const MAX_KEY_CHARS = 200

/** Returns null without a key: every request does its work. `said` is parsed, so its fields have an order. */
export function readIdempotency(key: string | undefined, said: unknown): Idempotency | null {
  if (key === undefined) return null
  if (key === '' || key.length > MAX_KEY_CHARS) {
    throw new Problem(
      'bad_request',
      t`Idempotency-Key: must have 1 to ${MAX_KEY_CHARS} characters.`,
    )
  }
  return { key, hash: createHash('sha256').update(JSON.stringify(said)).digest('hex') }
}

/** Returns the id that an earlier request with this key and the same body created, or null. */
export function idFromEarlierSubmit(
  { hash }: Idempotency,
  found: { id: string; hash: string | null } | null,
): string | null {
  if (found !== null && found.hash !== hash) throw new Problem('idempotency_conflict')
  return found?.id ?? null
}
