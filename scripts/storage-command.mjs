// What backup and restore have in common: which files they are about, and what they say.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { startFailure } from '../bff/serve/start-failure.ts'
import { fail, root } from './command.mjs'

/** The database of this Tally, as the server finds it. */
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
 * The one file that is named, as seen from where npm was called.
 * @returns {string}
 */
export function namedFile(usage) {
  const [file, ...more] = process.argv.slice(2)
  if (file === undefined || file.startsWith('-') || more.length > 0) fail(usage)
  return resolve(process.env.INIT_CWD ?? process.cwd(), file ?? '')
}

export function summaryLine({ conversations, messages, newestAt }) {
  const count = (number, word) => `${number} ${word}${number === 1 ? '' : 's'}`
  const newest = newestAt === null ? '' : `, the newest of ${newestAt}`
  return `${count(conversations, 'conversation')}, ${count(messages, 'message')}${newest}`
}

/** Ends with one sentence where `work` fails. */
export async function orFail(work) {
  try {
    process.stdout.write(`${await work()}\n`)
  } catch (error) {
    fail(startFailure(error))
  }
}
