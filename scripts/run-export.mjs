// Writes the export of everything. Reads the database only, so Tally may run beside it.
import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { openReadOnly } from '../bff/db/read-only.ts'
import { zipParts } from '../bff/exports/zip.ts'
import { storedLog } from '../bff/runs/event-rows-store.ts'
import { fail } from './command.mjs'
import { databaseFile, orFail } from './storage-command.mjs'

const USAGE = `npm run export -- [--out <file>] [--format markdown]

Writes everything to a zip, also while Tally runs. --format markdown adds each conversation as Markdown.
The keys of providers are in keys.json and not in it.`

/** The zip gets its name only when it is whole. */
async function exportEverything(file, markdown) {
  const db = openReadOnly(databaseFile())
  const live = { folded: () => null, isCounting: () => false }
  const parts = zipParts({ db, live, log: storedLog(db) }, { markdown, now: () => new Date() })
  const partial = `${file}.partial`
  try {
    await pipeline(parts, createWriteStream(partial, { mode: 0o600 }))
    await rename(partial, file)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  } finally {
    await db.close()
  }
  const { size } = await stat(file)
  return `${file}: ${size.toLocaleString('en-US')} bytes.`
}

function readArguments() {
  try {
    const options = { out: { type: 'string' }, format: { type: 'string' } }
    const { out, format } = parseArgs({ options }).values
    if (format !== undefined && format !== 'markdown' && format !== 'jsonl') return fail(USAGE)
    const name = out ?? `tally-${new Date().toISOString().slice(0, 10)}.zip`
    const file = resolve(process.env.INIT_CWD ?? process.cwd(), name)
    return { file, markdown: format === 'markdown' }
  } catch {
    return fail(USAGE)
  }
}

const { file, markdown } = readArguments()
await orFail(() => exportEverything(file, markdown))
