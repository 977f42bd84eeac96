// The cursor of the conversation list: the next page begins after it. Opaque to clients.
import { Problem } from '../http/problem.ts'

export interface PagePosition {
  updatedAt: string
  id: string
  /** 1 after the pinned ones. */
  notPinned: 0 | 1
}

const SHAPE = /^([01]) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([\w-]{1,64})$/

export function encodeCursor({ updatedAt, id, notPinned }: PagePosition): string {
  return Buffer.from(`${notPinned} ${updatedAt} ${id}`).toString('base64url')
}

export function decodeCursor(cursor: string): PagePosition {
  const [, notPinned, updatedAt, id] = SHAPE.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (updatedAt === undefined || id === undefined) throw new Problem('invalid_cursor')
  return { updatedAt, id, notPinned: notPinned === '1' ? 1 : 0 }
}
