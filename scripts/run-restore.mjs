// Restores a backup, and prints what the database contains now and where the previous one is.
import { restore } from '../bff/db/restore.ts'
import { databaseFile, namedFile, orFail, summaryLine } from './storage-command.mjs'

const USAGE = `npm run restore -- <file>

Checks the backup <file> and puts it in the place of the database, with the files of <file>.files. Stop Tally first.`

const backup = namedFile(USAGE)
await orFail(async () => {
  const { keptAs, ...summary } = await restore(backup, databaseFile())
  const kept = keptAs === null ? '' : `\nWhat was there before is ${keptAs}.`
  return `Restored: ${summaryLine(summary)}.${kept}`
})
