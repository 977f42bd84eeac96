// Explains in one sentence why Tally cannot start and what to do.
import * as z from 'zod/mini'
import { DatabaseRefused } from '../db/refuse.ts'
import { storageFailure } from '../db/unavailable.ts'
import { Problem } from '../http/problem.ts'
import { SettingRefused } from '../config/setting.ts'

const OF_FILES: Record<string, string> = {
  EACCES: 'may not be used by this user: look at its rights',
  EPERM: 'may not be used by this user: look at its rights',
  EROFS: 'is on a disk that is read-only: set DATA_DIR',
  EISDIR: 'is a folder where a file is expected: move it away',
  ENOTDIR: 'is a file where a folder is expected: move it away',
  ENOSPC: 'cannot be written because the disk is full: free some space',
  EDQUOT: 'cannot be written because the quota of the disk is used up: free some space',
  EMFILE: 'cannot be opened because too many files are open: raise the limit (ulimit -n)',
}

export function startFailure(error: unknown): string {
  if (error instanceof SettingRefused || error instanceof DatabaseRefused) return error.message
  if (error instanceof Problem) return `Tally cannot start. ${error.message}`
  const sentence = storageFailure(error) ?? ofFile(error) ?? ofRow(error)
  return sentence ?? `Tally cannot start (${kindOf(error)}): please report this with your version.`
}

function ofFile(error: unknown): string | null {
  if (!(error instanceof Error && 'code' in error)) return null
  const cause = OF_FILES[String(error.code)]
  if (cause === undefined) return null
  const path = 'path' in error ? String(error.path) : 'A file in the data folder'
  return `${path} ${cause} and start again.`
}

/** A row or statement that does not match this version's schema. */
function ofRow(error: unknown): string | null {
  const isUnread = error instanceof SyntaxError || error instanceof z.core.$ZodError
  const isRefused =
    error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_')
  if (!isUnread && !isRefused) return null
  return `The database holds something that this Tally cannot read (${kindOf(error)}): restore a backup (npm run restore).`
}

/** Names the kind of an error, never its message, which may quote anything. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const code = 'code' in error ? ` ${String(error.code)}` : ''
  const frames = error.stack?.split(/\n {4}at /).slice(1) ?? []
  const own = frames.find((frame) => !frame.includes('node_modules') && !frame.includes('node:'))
  const where = /[\w.-]+\.[cm]?[jt]s:\d+/.exec(own ?? '')?.[0]
  return `${error.constructor.name}${code}${where === undefined ? '' : ` at ${where}`}`
}
