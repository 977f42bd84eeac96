// Keeps generated databases in the system's temporary folder, named after their generator, so that only
// the first run of a bench waits for a million rows.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../bff/db/open.ts'

const migrations = join(import.meta.dirname, '..', '..', 'bff', 'db', 'migrations')

/** `fill` receives the path of an empty database with the product's tables. */
export async function generatedFolder(name, generator, fill) {
  const hash = createHash('sha256').update(readFileSync(generator))
  for (const file of readdirSync(migrations).toSorted())
    hash.update(readFileSync(join(migrations, file)))
  const folder = join(tmpdir(), `tally-bench-${name}-${hash.digest('hex').slice(0, 12)}`)
  if (existsSync(folder)) return folder
  const making = `${folder}.${process.pid}`
  mkdirSync(making)
  try {
    const file = join(making, 'tally.db')
    await (await openDatabase(file)).close()
    process.stderr.write(`Making ${name} in ${folder}…\n`)
    fill(file)
    renameSync(making, folder)
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
  return folder
}
