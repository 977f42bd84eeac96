// The cursor of a page of tool uses: the page begins after it. Opaque to clients.
import { Problem } from '../http/problem.ts'
import type { UseCursor } from './tool-list-store.ts'

const NEWEST = /^at (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (\d{1,15})$/
const DEAREST = /^cost (\d{1,15}) (\d{1,15})$/

export function encodeUseCursor(cursor: UseCursor): string {
  const key = cursor.order === 'newest' ? `at ${cursor.at}` : `cost ${cursor.costNanoUsd}`
  return Buffer.from(`${key} ${cursor.id}`).toString('base64url')
}

/** A cursor of one order is invalid in the other. */
export function decodeUseCursor(cursor: string, order: UseCursor['order']): UseCursor {
  const text = Buffer.from(cursor, 'base64url').toString()
  const [, key, id] = (order === 'newest' ? NEWEST : DEAREST).exec(text) ?? []
  if (key === undefined || id === undefined) throw new Problem('invalid_cursor')
  return order === 'newest'
    ? { order, at: key, id: Number(id) }
    : { order, costNanoUsd: Number(key), id: Number(id) }
}
