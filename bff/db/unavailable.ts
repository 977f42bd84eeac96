// Reports a database that cannot be used as an outage with a cause.
import { Problem } from '../http/problem.ts'

const DAMAGED = 'The database is damaged: stop Tally and restore a backup (npm run restore).'

const CAUSES: [code: string, sentence: string][] = [
  ['SQLITE_FULL', 'The disk is full: free some space and try again.'],
  ['SQLITE_IOERR', 'The disk reports an error: look at the disk of the data folder.'],
  ['SQLITE_READONLY', 'The database is read-only: look at the rights of the data folder.'],
  ['SQLITE_CANTOPEN', 'The database cannot be opened: look at the data folder.'],
  ['SQLITE_BUSY', 'Another program holds the database: stop it and try again.'],
  ['SQLITE_CORRUPT', DAMAGED],
  ['SQLITE_NOTADB', DAMAGED],
]

/** Returns any other error unchanged. */
export function asProblem(error: unknown): unknown {
  const sentence = storageFailure(error)
  if (sentence === null) return error
  return new Problem(sentence === DAMAGED ? 'database_damaged' : 'unavailable', sentence)
}

/** Describes the storage failure. Null for any other error. */
export function storageFailure(error: unknown): string | null {
  if (!(error instanceof Error && 'code' in error)) return null
  const code = String(error.code)
  return CAUSES.find(([prefix]) => code.startsWith(prefix))?.[1] ?? null
}
