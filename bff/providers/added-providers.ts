// The providers that the user added, with their keys. Loaded at start-up and kept current. A running
// request keeps the address and key it began with.
import { v7 as uuid } from 'uuid'
import type { AddProvider, UpdateProvider } from '#shared/provider-settings.ts'
import type { ProviderConfig } from '../upstream/types.ts'
import type { Database } from '../db/open.ts'
import { Problem } from '../http/problem.ts'
import { standardApi, withoutSlash } from '../config/provider-address.ts'
import { checkAddress } from './check-address.ts'
import { createMutex } from '../jobs/mutex.ts'
import type { KeyFile } from './key-file.ts'
import {
  deleteProvider,
  insertProvider,
  readProviders,
  type StoredProvider,
  updateProvider,
} from './provider-store.ts'
import { t } from '#shared/translate.ts'

interface AddedParts {
  db: Database
  keys: KeyFile
  now: () => Date
  /** Returns the names of all providers, added or not. */
  namesInUse: () => Promise<string[]>
  /** Called after each change of a provider. */
  onChange: (name: string) => void
  onRemoved: (name: string) => void
}

export interface AddedProviders {
  list(): ProviderConfig[]
  add(given: AddProvider): Promise<void>
  /** Adds a discovered server with the key it requires. */
  adopt(found: AddProvider): Promise<void>
  update(name: string, changes: UpdateProvider): Promise<void>
  remove(name: string): Promise<void>
  setKey(name: string, key: string): Promise<void>
  dropKey(name: string): Promise<void>
}

export async function openAddedProviders(parts: AddedParts): Promise<AddedProviders> {
  const { db, keys, now, namesInUse, onChange, onRemoved } = parts
  const next = createMutex()
  let stored = await readProviders(db)
  let configs = stored.map((one) => toConfig(one, keys))

  /** All changes of providers run in here, one after the other. */
  async function change(name: string, work: () => Promise<void>): Promise<void> {
    await next(async () => {
      try {
        await work()
      } finally {
        // Also after a partial failure, so that the list matches the database.
        stored = await readProviders(db)
        configs = stored.map((one) => toConfig(one, keys))
        onChange(name)
      }
    })
  }

  const find = (name: string): StoredProvider => {
    const found = stored.find((one) => one.name === name)
    if (found === undefined) throw new Problem('not_found', t`There is no provider "${name}".`)
    return found
  }
  const putKey = (provider: StoredProvider, key: string): Promise<void> =>
    keys.put(keyOwnerOf(provider), key)

  const insert = async ({ key, ...given }: AddProvider): Promise<void> => {
    const url = checkAddress(given.baseUrl)
    const provider: StoredProvider = {
      ...given,
      id: uuid(),
      baseUrl: withoutSlash(url),
      api: given.api ?? standardApi(url),
      defaultModel: given.defaultModel ?? null,
    }
    await insertProvider(db, provider, now())
    if (key === undefined) return
    try {
      await putKey(provider, key)
    } catch (error) {
      await deleteProvider(db, provider)
      throw error
    }
  }

  return {
    list: () => configs,
    add: (given) =>
      change(given.name, async () => {
        checkAddress(given.baseUrl)
        checkFree(given.name, await namesInUse())
        await insert(given)
      }),
    adopt: ({ name, baseUrl, api, models, modelPatterns, maxRetries, key }) =>
      change(name, async () => {
        const known = stored.find((one) => one.name === name)
        // Another request has just added it.
        if (known?.baseUrl === baseUrl && key !== undefined) return putKey(known, key)
        checkFree(
          name,
          stored.map((one) => one.name),
        )
        await insert({ name, baseUrl, api, models, modelPatterns, maxRetries, key })
      }),
    update: (name, { key, ...changes }) =>
      change(name, async () => {
        const before = find(name)
        const after = withChanges(before, changes)
        // Drops the key first, so that it can never be sent to the new address.
        if (keyOwnerOf(before).origin !== keyOwnerOf(after).origin) await keys.drop(before.id)
        await updateProvider(db, after)
        if (key !== undefined) await putKey(after, key)
      }),
    remove: async (name) => {
      await change(name, async () => {
        const provider = find(name)
        await keys.drop(provider.id)
        await deleteProvider(db, provider)
      })
      onRemoved(name)
    },
    setKey: (name, key) => change(name, () => putKey(find(name), key)),
    dropKey: (name) => change(name, () => keys.drop(find(name).id)),
  }
}

function withChanges(before: StoredProvider, changes: Omit<UpdateProvider, 'key'>): StoredProvider {
  const { baseUrl, api, defaultModel, models, modelPatterns, maxRetries } = changes
  return {
    ...before,
    baseUrl: baseUrl === undefined ? before.baseUrl : withoutSlash(checkAddress(baseUrl)),
    api: api ?? before.api,
    defaultModel: defaultModel === undefined ? before.defaultModel : defaultModel,
    models: models ?? before.models,
    modelPatterns: modelPatterns ?? before.modelPatterns,
    maxRetries: maxRetries ?? before.maxRetries,
  }
}

function checkFree(name: string, taken: string[]): void {
  const other = taken.find((one) => one.toLowerCase() === name.toLowerCase())
  if (other === undefined) return
  throw new Problem(
    'provider_exists',
    t`There is a provider "${other}" already: choose another name.`,
  )
}

function keyOwnerOf({ id, baseUrl }: StoredProvider) {
  return { providerId: id, origin: new URL(baseUrl).origin }
}

function toConfig(stored: StoredProvider, keys: KeyFile): ProviderConfig {
  const { id: _id, ...provider } = stored
  const kept = keys.read(keyOwnerOf(stored))
  return {
    ...provider,
    kind: 'configured',
    apiKey: kept?.key ?? null,
    keyName: null,
    storedKey: kept === null ? null : { setAt: kept.setAt, problem: kept.problem },
    setBy: null,
    headers: {},
  }
}
