// Stores the user's keys in a separate file, so that no database, backup or export contains one;
// encrypted if there is a secret. A key belongs to one provider at one origin and is not used for
// anything else. Keys that cannot be read are kept.
import * as z from 'zod/mini'
import { Problem } from '../http/problem.ts'
import { SettingRefused } from '../config/setting.ts'
import { createMutex } from '../jobs/mutex.ts'
import { makePrivate, readPrivate, writePrivate } from './private-file.ts'
import { type KeyOwner, seal, unseal } from './seal.ts'
import { english, t } from '#shared/translate.ts'

export interface KeyFileOptions {
  file: string
  /** The content of APP_SECRET_FILE. */
  secret: Buffer | null
  /** Without a secret, keys are stored only if Tally is reachable from this machine alone. */
  isLocal: boolean
  now: () => Date
  onNote: (sentence: string) => void
}

export interface KeptKey {
  /** Null if it cannot be read. */
  key: string | null
  setAt: string
  problem: string | null
}

export interface KeyFile {
  read(owner: KeyOwner): KeptKey | null
  put(owner: KeyOwner, key: string): Promise<void>
  drop(providerId: string): Promise<void>
}

const KeyDetails = { origin: z.string(), setAt: z.iso.datetime() }
const Entry = z.union([
  z.strictObject({ ...KeyDetails, key: z.string() }),
  z.strictObject({ ...KeyDetails, sealed: z.string() }),
])
type Entry = z.infer<typeof Entry>
/** By provider id. */
type Entries = Map<string, Entry>
const Content = z.object({ version: z.literal(1), keys: z.record(z.string(), Entry) })

export async function openKeyFile(options: KeyFileOptions): Promise<KeyFile> {
  const { file, secret, isLocal, now } = options
  let entries = await readEntries(options)
  const next = createMutex()

  /** A change that cannot be written is not applied. */
  function change(make: (changed: Entries) => void): Promise<void> {
    return next(async () => {
      const changed = new Map(entries)
      make(changed)
      try {
        await writeEntries(file, changed)
      } catch {
        throw new Problem('unavailable', t`keys.json in the data folder cannot be written.`)
      }
      entries = changed
    })
  }

  return {
    read: (owner) => {
      const entry = entries.get(owner.providerId)
      return entry?.origin === owner.origin ? keptKey(entry, owner, secret) : null
    },
    put: async (owner, key) => {
      if (secret === null && !isLocal) {
        throw new Problem('keys_not_kept', t`Name a file with a secret in APP_SECRET_FILE first.`)
      }
      const details = { origin: owner.origin, setAt: now().toISOString() }
      const entry = toEntry(details, owner, key, secret)
      await change((changed) => void changed.set(owner.providerId, entry))
    },
    drop: async (providerId) => {
      if (entries.has(providerId)) await change((changed) => void changed.delete(providerId))
    },
  }
}

async function readEntries(options: KeyFileOptions): Promise<Entries> {
  const { file, secret, onNote } = options
  const text = await readPrivate(file)
  if (text === null) return new Map()
  if (await makePrivate(file)) {
    onNote('keys.json could be read by others. Now it cannot; think about replacing its keys.')
  }
  const { keys } = parse(text)
  const entries = new Map(Object.entries(keys))
  if (secret !== null) await sealAll(entries, options, secret)
  const unread = [...entries].filter(([providerId, entry]) => {
    return keptKey(entry, { providerId, origin: entry.origin }, secret).problem !== null
  })
  if (unread.length > 0) {
    onNote(`keys.json has keys that cannot be read (${unread.length}). ${whyNot(secret)}`)
  }
  return entries
}

function parse(text: string): z.infer<typeof Content> {
  try {
    return Content.parse(JSON.parse(text))
  } catch {
    throw new SettingRefused(
      'keys.json in DATA_DIR is not what this version of Tally wrote: put a good copy back, or move it away.',
    )
  }
}

/** Encrypts keys that were stored before there was a secret. */
async function sealAll(entries: Entries, { file }: KeyFileOptions, secret: Buffer): Promise<void> {
  let sealed = 0
  for (const [providerId, entry] of entries) {
    if (!('key' in entry)) continue
    const { origin, setAt, key } = entry
    entries.set(providerId, toEntry({ origin, setAt }, { providerId, origin }, key, secret))
    sealed += 1
  }
  if (sealed > 0) await writeEntries(file, entries)
}

function toEntry(
  details: { origin: string; setAt: string },
  owner: KeyOwner,
  key: string,
  secret: Buffer | null,
): Entry {
  return secret === null ? { ...details, key } : { ...details, sealed: seal(key, owner, secret) }
}

function keptKey(entry: Entry, owner: KeyOwner, secret: Buffer | null): KeptKey {
  const { setAt } = entry
  if ('key' in entry) return { key: entry.key, setAt, problem: null }
  const key = secret === null ? null : unseal(entry.sealed, owner, secret)
  return { key, setAt, problem: key === null ? whyNot(secret) : null }
}

function whyNot(secret: Buffer | null): string {
  return secret === null
    ? english`It is encrypted, and APP_SECRET_FILE is not set: set it as it was, or enter the key again.`
    : english`It was encrypted with another secret than the one in APP_SECRET_FILE: put that one back, or enter the key again.`
}

async function writeEntries(file: string, entries: Entries): Promise<void> {
  const content = { version: 1, keys: Object.fromEntries(entries) }
  await writePrivate(file, `${JSON.stringify(content, null, 2)}\n`)
}
