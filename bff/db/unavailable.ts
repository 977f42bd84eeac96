// A database that cannot be written is an outage with a cause, not a bug of this process.
import { Problem } from '../problem.ts'

const CAUSES: [code: string, sentence: string][] = [
  ['SQLITE_FULL', 'The disk is full: free some space and try again.'],
  ['SQLITE_IOERR', 'The disk reports an error: look at the disk of the data folder.'],
  ['SQLITE_READONLY', 'The database is read-only: look at the rights of the data folder.'],
  ['SQLITE_CANTOPEN', 'The database cannot be opened: look at the data folder.'],
  ['SQLITE_BUSY', 'Another program holds the database: stop it and try again.'],
  ['SQLITE_CORRUPT', 'The database is damaged: restore it from a backup.'],
  ['SQLITE_NOTADB', 'The database is damaged: restore it from a backup.'],
]

/** Runs `work`; a failure of the storage itself comes out as `unavailable`. */
export async function orUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const sentence = causeOf(error)
    throw sentence === undefined ? error : new Problem('unavailable', sentence)
  }
}

function causeOf(error: unknown): string | undefined {
  if (!(error instanceof Error && 'code' in error)) return undefined
  const code = String(error.code)
  return CAUSES.find(([prefix]) => code.startsWith(prefix))?.[1]
}
