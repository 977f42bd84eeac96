// Reads and writes a file that only its owner can read. Writes are atomic: a new file is written, synced
// and then renamed.
import { chmod, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

const OWNER_ONLY = 0o600
const ANYBODY_ELSE = 0o077
/** Windows has neither these permissions nor folder syncing. */
const isPosix = process.platform !== 'win32'

/** Returns null if the file does not exist. */
export async function readPrivate(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Returns true if others could read the file before. */
export async function makePrivate(file: string): Promise<boolean> {
  if (!isPosix || ((await stat(file)).mode & ANYBODY_ELSE) === 0) return false
  await chmod(file, OWNER_ONLY)
  return true
}

/** Calls must not overlap. */
export async function writePrivate(file: string, text: string): Promise<void> {
  const beside = `${file}.new`
  // A file left by a crash could have other permissions.
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
