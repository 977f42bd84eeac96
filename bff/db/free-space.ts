// The room on the disk of the data folder. A disk that is wholly full also stops what is already under way.
import { statfs } from 'node:fs/promises'

/** Below this nothing large is stored any more. */
export const MIN_FREE_BYTES = 200 * 1024 * 1024

export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
