// Creates the backup and prints its content.
import { backUp } from '../bff/db/backup.ts'
import { databaseFile, namedFile, orFail, summaryLine } from './storage-command.mjs'

const USAGE = `npm run backup -- <file>

Copies the database to <file> and attached files to <file>.files, also while Tally runs. The keys of providers are in keys.json and not in it.`

const target = namedFile(USAGE)
await orFail(async () => `${target}: ${summaryLine(await backUp(databaseFile(), target))}.`)
