// Refuses writes once a database file is deleted or replaced. SQLite would keep the old file open, and
// everything written to it would be lost with the process. The check takes a few microseconds.
import { statSync } from 'node:fs'
import { t } from '#shared/translate.ts'
import { Problem } from '../http/problem.ts'

/** Returns a check that throws as soon as one of the open files is gone. */
export function watchFiles(file: string): () => void {
  const opened = [file, `${file}-wal`, `${file}-shm`].map((name) => ({ name, id: idOf(name) }))
  return () => {
    const lost = opened.find(({ name, id }) => id !== null && idOf(name) !== id)
    if (lost !== undefined) {
      throw new Problem(
        'unavailable',
        t`${lost.name} was removed or replaced while Tally runs, so nothing is stored any more: stop Tally, then put the file back or restore a backup.`,
      )
    }
  }
}

function idOf(name: string): string | null {
  const found = statSync(name, { throwIfNoEntry: false })
  return found === undefined ? null : `${found.dev} ${found.ino}`
}
