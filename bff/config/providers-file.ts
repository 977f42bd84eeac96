// The configured providers: the one that OPENAI_… describes, then those of TALLY_PROVIDERS.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import * as z from 'zod/mini'
import { ApiKind } from '#shared/api.ts'
import {
  type GivenDefault,
  KEY_CHARS,
  providerFields,
  DEFAULT_RETRIES,
} from '#shared/provider-settings.ts'
import type { ProviderConfig } from '../upstream/types.ts'
import { firstIssue } from '#shared/first-issue.ts'
import {
  isOpenAiAddress,
  OPENAI_URL,
  parseAddress,
  standardApi,
  withoutSlash,
  type AddressError,
} from './provider-address.ts'
import { type Env, SettingRefused } from './setting.ts'

const Name = z.string().check(z.minLength(1), z.maxLength(200))

const Entry = z.strictObject({
  ...providerFields,
  name: Name,
  baseUrl: z.string(),
  apiKeyEnv: z.optional(Name),
  defaultModel: z.optional(Name),
  headers: z._default(z.record(z.string(), z.string()), {}),
})
const Entries = z.array(Entry)

/** Returns OPENAI_MODEL, unless the file of TALLY_PROVIDERS describes its provider. */
export function defaultModelOf(providers: ProviderConfig[], env: Env): GivenDefault | null {
  const model = env['OPENAI_MODEL']
  const provider = providers.find(({ setBy }) => setBy?.startsWith('OPENAI_'))
  if (model === undefined || provider === undefined) return null
  return { provider: provider.name, model, setBy: 'OPENAI_MODEL' }
}

export function providersOf(env: Env, folder: string): ProviderConfig[] {
  const file = env['TALLY_PROVIDERS']
  const named = file === undefined ? [] : readFile(resolve(folder, file), env)
  const providers = [...openAiProvider(env).filter((one) => !isNamed(one, named, env)), ...named]
  const names = providers.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) {
    throw new SettingRefused(`Two providers are called "${twice}": rename one in TALLY_PROVIDERS.`)
  }
  return providers
}

function openAiProvider(env: Env): ProviderConfig[] {
  const { OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_MODEL, OPENAI_API } = env
  if (OPENAI_API_KEY === undefined && OPENAI_BASE_URL === undefined) return []
  const url = parseUrl(OPENAI_BASE_URL ?? OPENAI_URL, 'OPENAI_BASE_URL')
  const api = z.safeParse(z.optional(ApiKind), OPENAI_API)
  if (!api.success) throw new SettingRefused('OPENAI_API must be responses or chat_completions.')
  return [
    {
      name: isOpenAiAddress(url) ? 'openai' : url.host,
      kind: 'configured',
      baseUrl: withoutSlash(url),
      api: api.data ?? standardApi(url),
      apiKey: readKey(env, 'OPENAI_API_KEY'),
      keyName: OPENAI_API_KEY === undefined ? null : 'OPENAI_API_KEY',
      storedKey: null,
      setBy: OPENAI_BASE_URL === undefined ? 'OPENAI_API_KEY' : 'OPENAI_BASE_URL',
      defaultModel: OPENAI_MODEL ?? null,
      models: [],
      modelPatterns: [],
      maxRetries: DEFAULT_RETRIES,
      headers: {},
    },
  ]
}

/** The file takes precedence, and a key that it gives to one provider is never sent to another. */
function isNamed(openAi: ProviderConfig, named: ProviderConfig[], env: Env): boolean {
  const isKeyAlone = env['OPENAI_BASE_URL'] === undefined
  return named.some(
    ({ name, baseUrl, keyName }) =>
      name === openAi.name ||
      baseUrl === openAi.baseUrl ||
      (isKeyAlone && keyName === openAi.keyName),
  )
}

function readFile(file: string, env: Env): ProviderConfig[] {
  const result = z.safeParse(Entries, readJson(file))
  if (!result.success) {
    throw new SettingRefused(`TALLY_PROVIDERS: ${file}: ${firstIssue(result.error)}.`)
  }
  return result.data.map((entry) => fromEntry(entry, env))
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    const cause = error instanceof SyntaxError ? 'is not valid JSON' : 'cannot be read'
    throw new SettingRefused(`TALLY_PROVIDERS: ${file} ${cause}.`)
  }
}

function fromEntry(entry: z.infer<typeof Entry>, env: Env): ProviderConfig {
  const { apiKeyEnv, api, defaultModel, ...rest } = entry
  const url = parseUrl(entry.baseUrl, `TALLY_PROVIDERS: the baseUrl of "${entry.name}"`)
  if (apiKeyEnv !== undefined && env[apiKeyEnv] === undefined) {
    throw new SettingRefused(
      `TALLY_PROVIDERS: "${entry.name}" takes its key from ${apiKeyEnv}, which is not set.`,
    )
  }
  return {
    ...rest,
    kind: 'configured',
    baseUrl: withoutSlash(url),
    api: api ?? standardApi(url),
    apiKey: apiKeyEnv === undefined ? null : readKey(env, apiKeyEnv),
    keyName: apiKeyEnv ?? null,
    storedKey: null,
    setBy: 'TALLY_PROVIDERS',
    defaultModel: defaultModel ?? null,
  }
}

function readKey(env: Env, name: string): string | null {
  const key = env[name]
  if (key === undefined) return null
  if (!KEY_CHARS.test(key)) {
    throw new SettingRefused(`${name} holds a space or a character that no key has.`)
  }
  return key
}

function parseUrl(text: string, what: string): URL {
  const { url, wrong } = parseAddress(text)
  if (url === null) throw new SettingRefused(`${what} ${WRONG[wrong]}.`)
  return url
}

const WRONG: Record<AddressError, string> = {
  not_an_address: `must be an address like ${OPENAI_URL} or http://127.0.0.1:11434/v1`,
  without_scheme: 'must begin with http:// or https://',
  unescaped: 'has a % in its user or password: write it as %25',
}
