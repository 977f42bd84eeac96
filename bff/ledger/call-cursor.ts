// The place in the ledger before which the next page of calls ends. Opaque to clients.
import { Problem } from '../problem.ts'
import type { CallPlace } from './store-pages.ts'

const SHAPE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (\d{1,15})$/

export function encodeCallPlace({ started_at, number }: CallPlace): string {
  return Buffer.from(`${started_at} ${number}`).toString('base64url')
}

export function decodeCallPlace(cursor: string): CallPlace {
  const [, time, number] = SHAPE.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (time === undefined || number === undefined) throw new Problem('invalid_cursor')
  return { started_at: time, number: Number(number) }
}
