// The providers of the settings: the one that OPENAI_… describes, then those of TALLY_PROVIDERS.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import * as z from 'zod/mini'
import { ApiKind } from '#shared/api.ts'
import type { ProviderConfig } from './agent/types.ts'
import type { Env } from './config.ts'
import { firstIssue } from './first-issue.ts'
import { SettingRefused } from './setting-refused.ts'

const OPENAI_URL = 'https://api.openai.com/v1'
const MAX_RETRIES = 10
const STANDARD_RETRIES = 2

const Name = z.string().check(z.minLength(1), z.maxLength(200))

const Entry = z.strictObject({
  name: Name,
  baseUrl: z.string(),
  api: z.optional(ApiKind),
  apiKeyEnv: z.optional(Name),
  defaultModel: z.optional(Name),
  models: z._default(z.array(Name), []),
  modelPatterns: z._default(z.array(Name), []),
  maxRetries: z._default(z.int().check(z.minimum(0), z.maximum(MAX_RETRIES)), STANDARD_RETRIES),
  headers: z._default(z.record(z.string(), z.string()), {}),
})
const Entries = z.array(Entry)

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
      name: isOpenAi(url) ? 'openai' : url.host,
      kind: 'configured',
      baseUrl: withoutSlash(url),
      api: api.data ?? standardApi(url),
      apiKey: readKey(env, 'OPENAI_API_KEY'),
      keyName: OPENAI_API_KEY === undefined ? null : 'OPENAI_API_KEY',
      defaultModel: OPENAI_MODEL ?? null,
      models: [],
      modelPatterns: [],
      maxRetries: STANDARD_RETRIES,
      headers: {},
    },
  ]
}

/** What the file says of a provider stands, and a key that it gives to one goes to no other. */
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
    defaultModel: defaultModel ?? null,
  }
}

function readKey(env: Env, name: string): string | null {
  const key = env[name]
  if (key === undefined) return null
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new SettingRefused(`${name} holds a space or a character that no key has.`)
  }
  return key
}

function parseUrl(text: string, what: string): URL {
  const url = URL.parse(text)
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.port === '0') {
    throw new SettingRefused(
      `${what} must be an address like ${OPENAI_URL} or http://127.0.0.1:11434/v1.`,
    )
  }
  if (!isDecodable(url.username) || !isDecodable(url.password)) {
    throw new SettingRefused(`${what} has a % in its user or password: write it as %25.`)
  }
  return url
}

function isDecodable(text: string): boolean {
  try {
    return decodeURIComponent(text) !== null
  } catch {
    return false
  }
}

const withoutSlash = (url: URL): string => url.href.replace(/\/+$/, '')

const isOpenAi = (url: URL): boolean =>
  url.hostname === 'api.openai.com' || url.hostname.endsWith('.api.openai.com')

const standardApi = (url: URL): ApiKind => (isOpenAi(url) ? 'responses' : 'chat_completions')
