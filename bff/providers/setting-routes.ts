// The HTTP side of the settings: adding, changing and removing providers, their keys, and the model
// that a new conversation starts with. What somebody else set up is refused with where to change it.
import { Hono } from 'hono'
import { ProviderInfo } from '#shared/api.ts'
import {
  AddProvider,
  AppSettings,
  SetContextWindow,
  SetFavoriteModel,
  SetKey,
  UpdateProvider,
  UpdateSettings,
} from '#shared/provider-settings.ts'
import type { ProviderConfig } from '../upstream/types.ts'
import { CHANGE, json, operation } from '../http/operation.ts'
import { body } from '../http/request.ts'
import { Problem } from '../http/problem.ts'
import type { AddedProviders } from './added-providers.ts'
import type { DefaultModelSetting } from './default-model.ts'
import { isEditable } from './describe-provider.ts'
import type { GeneralSettings } from './general-settings-store.ts'
import type { GivenWindows } from './window-store.ts'
import { t } from '#shared/translate.ts'

export interface SettingDeps {
  providers: {
    find(name: string): ProviderConfig | undefined
    describe(name: string): Promise<ProviderInfo>
  }
  added: AddedProviders
  defaultModel: DefaultModelSetting
  general: GeneralSettings
  windows: Pick<GivenWindows, 'set'>
  keysEncrypted: boolean
}

export function settingRoutes(deps: SettingDeps): Hono {
  const { providers, added, defaultModel, general, windows, keysEncrypted } = deps
  const routes = new Hono()
  const describe = (): AppSettings => ({
    ...defaultModel.describe(),
    ...general.current(),
    keysEncrypted,
  })

  /** The name, when it is one that was added here. */
  const ours = (name: string): string => {
    const provider = providers.find(name)
    if (provider === undefined) throw new Problem('not_found', t`There is no provider "${name}".`)
    if (!isEditable(provider)) throw new Problem('provider_fixed', whereToChange(provider))
    return name
  }

  routes.post(
    '/api/providers',
    operation({
      operationId: 'addProvider',
      summary: 'Add a provider; the first one takes the place of the demo',
      description:
        'The key is kept apart from everything else and is in no answer. It is sent to the origin of this base URL and nowhere else.',
      responses: { 201: json(ProviderInfo, 'Added') },
      problems: [...CHANGE, 'provider_exists', 'keys_not_kept'],
    }),
    body(AddProvider),
    async (c) => {
      const provider = c.req.valid('json')
      await added.add(provider)
      return c.json(await providers.describe(provider.name), 201)
    },
  )

  routes.patch(
    '/api/providers/:name',
    operation({
      operationId: 'updateProvider',
      summary: 'Change a provider that was added; a base URL of another origin drops its key',
      responses: { 200: json(ProviderInfo) },
      problems: [...CHANGE, 'not_found', 'provider_fixed', 'keys_not_kept'],
    }),
    body(UpdateProvider),
    async (c) => {
      const name = ours(c.req.param('name'))
      await added.update(name, c.req.valid('json'))
      return c.json(await providers.describe(name))
    },
  )

  routes.delete(
    '/api/providers/:name',
    operation({
      operationId: 'removeProvider',
      summary: 'Remove a provider that was added, and its key; ledger and conversations stay',
      responses: { 204: { description: 'Gone' } },
      problems: [...CHANGE, 'not_found', 'provider_fixed'],
    }),
    async (c) => {
      await added.remove(ours(c.req.param('name')))
      return c.body(null, 204)
    },
  )

  routes.put(
    '/api/providers/:name/key',
    operation({
      operationId: 'storeProviderKey',
      summary:
        'Store the key of a provider that was added; a server that was found becomes one by it',
      responses: { 200: json(ProviderInfo) },
      problems: [...CHANGE, 'not_found', 'provider_fixed', 'keys_not_kept', 'address_changed'],
    }),
    body(SetKey),
    async (c) => {
      const { key, baseUrl: shown } = c.req.valid('json')
      const provider = providers.find(c.req.param('name'))
      if (shown !== undefined) checkOrigin(provider, shown)
      if (provider?.kind === 'discovered' && provider.baseUrl !== null) {
        // With a key it is set up here from now on, under the name by which it was found.
        await added.adopt({ ...provider, baseUrl: provider.baseUrl, key })
        return c.json(await providers.describe(provider.name))
      }
      const name = ours(c.req.param('name'))
      await added.setKey(name, key)
      return c.json(await providers.describe(name))
    },
  )

  routes.delete(
    '/api/providers/:name/key',
    operation({
      operationId: 'removeProviderKey',
      summary: 'Remove the key of a provider that was added',
      responses: { 200: json(ProviderInfo) },
      problems: [...CHANGE, 'not_found', 'provider_fixed'],
    }),
    async (c) => {
      const name = ours(c.req.param('name'))
      await added.dropKey(name)
      return c.json(await providers.describe(name))
    },
  )

  routes.put(
    '/api/providers/:name/context-window',
    operation({
      operationId: 'setContextWindow',
      summary: 'Say how many tokens a model takes; null leaves it to the server again',
      responses: { 200: json(ProviderInfo) },
      problems: [...CHANGE, 'not_found'],
    }),
    body(SetContextWindow),
    async (c) => {
      const name = c.req.param('name')
      const { model, contextWindow } = c.req.valid('json')
      const provider = await providers.describe(name)
      await windows.set(provider.name, model, contextWindow)
      return c.json(await providers.describe(name))
    },
  )

  routes.get(
    '/api/settings',
    operation({
      operationId: 'getSettings',
      summary: 'The settings of all conversations',
      responses: { 200: json(AppSettings) },
    }),
    (c) => c.json(describe()),
  )

  routes.put(
    '/api/settings',
    operation({
      operationId: 'updateSettings',
      summary:
        'Change settings of all conversations: the model that new ones start with, instructions, when they are summarized, and the language',
      responses: { 200: json(AppSettings) },
      problems: [...CHANGE, 'provider_not_found', 'provider_fixed'],
    }),
    body(UpdateSettings),
    async (c) => {
      const { defaultModel: chosen, ...settings } = c.req.valid('json')
      if (chosen && providers.find(chosen.provider) === undefined) {
        throw new Problem('provider_not_found', t`There is no provider "${chosen.provider}".`)
      }
      if (chosen !== undefined) await defaultModel.choose(chosen)
      await general.change(settings)
      return c.json(describe())
    },
  )

  routes.put(
    '/api/settings/favorite-model',
    operation({
      operationId: 'setFavoriteModel',
      summary: 'Mark a model as a favourite, which lists show first, or no longer',
      responses: { 200: json(AppSettings) },
      problems: CHANGE,
    }),
    body(SetFavoriteModel),
    async (c) => {
      await general.setFavorite(c.req.valid('json'))
      return c.json(describe())
    },
  )
  return routes
}

/** Two servers that were found may take turns under one name. */
function checkOrigin(provider: ProviderConfig | undefined, shown: string): void {
  if (provider === undefined || originOf(provider.baseUrl) === originOf(shown)) return
  const { name, baseUrl } = provider
  throw new Problem(
    'address_changed',
    baseUrl === null
      ? t`The key was not saved, because "${name}" is now inside Tally. Check the address and save the key again.`
      : t`The key was not saved, because "${name}" is now at ${baseUrl}. Check the address and save the key again.`,
  )
}

function originOf(address: string | null): string | null {
  return address !== null && URL.canParse(address) ? new URL(address).origin : null
}

function whereToChange({ name, kind, setBy }: ProviderConfig): string {
  switch (kind) {
    case 'demo':
      return t`The demo is part of Tally: it makes room for the first provider that is connected.`
    case 'discovered':
      return t`"${name}" was found on this computer: set TALLY_DISCOVER=0 to leave such servers out.`
    case 'configured':
      return setBy === 'TALLY_PROVIDERS'
        ? t`"${name}" is set up in the file that TALLY_PROVIDERS names: change it there.`
        : t`"${name}" is set up by ${setBy ?? ''} in the environment: change it there.`
  }
}
