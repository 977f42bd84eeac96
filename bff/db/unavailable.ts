// Reports a database that cannot be used as an outage with a cause.
import { t } from '#shared/translate.ts'
import { Problem } from '../http/problem.ts'

const damaged = () => t`The database is damaged: stop Tally and restore a backup (npm run restore).`

const CAUSES: [code: string, sentence: () => string][] = [
  ['SQLITE_FULL', () => t`The disk is full: free some space and try again.`],
  ['SQLITE_IOERR', () => t`The disk reports an error: look at the disk of the data folder.`],
  ['SQLITE_READONLY', () => t`The database is read-only: look at the rights of the data folder.`],
  ['SQLITE_CANTOPEN', () => t`The database cannot be opened: look at the data folder.`],
  ['SQLITE_BUSY', () => t`Another program holds the database: stop it and try again.`],
  ['TALLY_BUSY', () => t`Tally has too much to store at once: try again in a moment.`],
  ['SQLITE_CORRUPT', damaged],
  ['SQLITE_NOTADB', damaged],
]

/** Returns any other error unchanged. */
export function asProblem(error: unknown): unknown {
  const sentence = sentenceOf(error)
  if (sentence === null) return error
  return new Problem(sentence === damaged ? 'database_damaged' : 'unavailable', sentence())
}

/** Describes the storage failure. Null for any other error. */
export function storageFailure(error: unknown): string | null {
  return sentenceOf(error)?.() ?? null
}

function sentenceOf(error: unknown): (() => string) | null {
  if (!(error instanceof Error && 'code' in error)) return null
  const code = String(error.code)
  return CAUSES.find(([prefix]) => code.startsWith(prefix))?.[1] ?? null
}
