// Reads the secret that encrypts stored keys from the file that APP_SECRET_FILE names.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Env } from './env.ts'
import { SettingRefused } from './setting-refused.ts'

const MIN_BYTES = 32

export function appSecretOf(env: Env, folder: string): Buffer | null {
  const file = env['APP_SECRET_FILE']
  if (file === undefined) return null
  const secret = readSecret(resolve(folder, file))
  if (secret.length >= MIN_BYTES) return secret
  throw new SettingRefused(
    `APP_SECRET_FILE: the file holds ${secret.length} bytes, and a secret needs ${MIN_BYTES}: make one with "openssl rand -hex 32".`,
  )
}

/** Drops the line break that editors and shells add at the end. */
function readSecret(file: string): Buffer {
  try {
    const bytes = readFileSync(file)
    const end = /\r?\n$/.exec(bytes.toString('latin1'))?.index ?? bytes.length
    return bytes.subarray(0, end)
  } catch {
    throw new SettingRefused(`APP_SECRET_FILE: ${file} cannot be read.`)
  }
}
