// The cursor of a page of ledger calls: the page holds the calls before it. Opaque to clients.
import { Problem } from '../../http/problem.ts'
import type { CallCursor } from '../export/page-store.ts'

const SHAPE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (\d{1,15})$/

export function encodeCallCursor({ started_at, number }: CallCursor): string {
  return Buffer.from(`${started_at} ${number}`).toString('base64url')
}

/** Throws a `bad_request` problem if the cursor is invalid. */
export function decodeCallCursor(cursor: string): CallCursor {
  const [, time, number] = SHAPE.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (time === undefined || number === undefined) throw new Problem('invalid_cursor')
  return { started_at: time, number: Number(number) }
}
