// Shared by backup and restore: which files they use, and their messages.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { startFailure } from '../bff/serve/start-failure.ts'
import { fail, root } from './command.mjs'

/** Returns the database of this Tally, found like the server does. */
export function databaseFile() {
  const { DATA_DIR } = { ...dotEnv(), ...process.env }
  return join(resolve(root, DATA_DIR || './data'), 'tally.db')
}

function dotEnv() {
  try {
    return parseEnv(readFileSync(join(root, '.env'), 'utf8'))
  } catch {
    return {}
  }
}

/**
 * Returns the one file that was named, relative to where npm was called.
 * @returns {string}
 */
export function namedFile(usage) {
  const [file, ...more] = process.argv.slice(2)
  if (file === undefined || file.startsWith('-') || more.length > 0) fail(usage)
  return resolve(process.env.INIT_CWD ?? process.cwd(), file ?? '')
}

export function summaryLine({ conversations, messages, newestAt, files, missing }) {
  const count = (number, word) => `${number} ${word}${number === 1 ? '' : 's'}`
  const newest = newestAt === null ? '' : `, the newest of ${newestAt}`
  const attached = files === 0 ? '' : `, ${count(files, 'file')}`
  const lost = missing.length === 0 ? '' : `; missing: ${missing.join(', ')}`
  return `${count(conversations, 'conversation')}, ${count(messages, 'message')}${attached}${newest}${lost}`
}

/** Ends the script with one sentence if `work` fails. */
export async function orFail(work) {
  try {
    process.stdout.write(`${await work()}\n`)
  } catch (error) {
    fail(startFailure(error))
  }
}
