// A file that only its owner reads, and that is whole whenever it is looked at: it is written beside
// its place, brought to the disk, and then takes the place of what was there.
import { chmod, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

const OWNER_ONLY = 0o600
const ANYBODY_ELSE = 0o077
/** Windows knows neither these rights nor how to sync a folder. */
const isPosix = process.platform !== 'win32'

/** Null: there is none. */
export async function readPrivate(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Whether others could read it until now. */
export async function makePrivate(file: string): Promise<boolean> {
  if (!isPosix || ((await stat(file)).mode & ANYBODY_ELSE) === 0) return false
  await chmod(file, OWNER_ONLY)
  return true
}

/** One at a time. */
export async function writePrivate(file: string, text: string): Promise<void> {
  const beside = `${file}.new`
  // One that a crash left could have other rights.
  await rm(beside, { force: true })
  const handle = await open(beside, 'wx', OWNER_ONLY)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(beside, file)
  if (isPosix) await syncFolder(dirname(file))
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
