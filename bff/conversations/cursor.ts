// The cursor of the conversation list: the next page begins after it. Opaque to clients.
import { Problem } from '../http/problem.ts'

export interface PagePosition {
  updatedAt: string
  id: string
}

const SHAPE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([\w-]{1,64})$/

export function encodeCursor({ updatedAt, id }: PagePosition): string {
  return Buffer.from(`${updatedAt} ${id}`).toString('base64url')
}

export function decodeCursor(cursor: string): PagePosition {
  const [, updatedAt, id] = SHAPE.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (updatedAt === undefined || id === undefined) throw new Problem('invalid_cursor')
  return { updatedAt, id }
}
