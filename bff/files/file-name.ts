// The name of an uploaded file, as people see it.
import { t } from '#shared/translate.ts'
import { Problem } from '../http/problem.ts'

const MAX_NAME_CHARS = 200
const UNNAMED = 'file'
/** Invisible characters, and those that change the direction of a text. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]+/gu

/** Reads the percent-encoded header. */
export function readFileName(header: string | undefined): string {
  return cleanFileName(decoded(header ?? ''))
}

/** The last part of a path is its name. */
export function cleanFileName(path: string): string {
  const last = path.split(/[/\\]/).at(-1)
  const name = (last ?? '').normalize('NFC').replaceAll(UNSEEN, ' ').replaceAll(/\s+/g, ' ').trim()
  const isDots = /^\.*$/.test(name)
  return isDots ? UNNAMED : shortened(name)
}

function decoded(header: string): string {
  try {
    return decodeURIComponent(header)
  } catch {
    throw new Problem('bad_request', t`X-File-Name: percent-encode the name in UTF-8.`)
  }
}

/** Keeps the ending, by which people know what it is. */
function shortened(name: string): string {
  const chars = Array.from(name)
  if (chars.length <= MAX_NAME_CHARS) return name
  const ending = /\.\w{1,10}$/.exec(name)?.[0] ?? ''
  return `${chars.slice(0, MAX_NAME_CHARS - ending.length - 1).join('')}…${ending}`
}
