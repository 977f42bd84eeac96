// Reads the settings from the environment and `.env`: a typed Config, or one sentence about the error.
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import * as z from 'zod/mini'
import type { GivenLimits } from '#shared/budgets.ts'
import type { GivenDefault } from '#shared/provider-settings.ts'
import type { ProviderConfig } from '../upstream/types.ts'
import { budgetsOf } from './budgets.ts'
import { defaultModelOf, providersOf } from './providers-file.ts'
import { firstIssue } from '#shared/first-issue.ts'
import { type LogLevel, LOG_LEVELS } from '../log/log.ts'
import { type Env, SettingRefused } from './setting.ts'

export interface Config {
  host: string
  port: number
  dataDir: string
  providers: ProviderConfig[]
  /** The provider and model of a new conversation, if the environment sets one. */
  defaultModel: GivenDefault | null
  /** Encrypts stored keys. Null if they are stored as they are. */
  appSecret: Buffer | null
  idleTimeoutMs: number
  answerTimeoutMs: number
  maxTurns: number
  /** How long a run waits for a person. */
  waitMs: number
  /** The plan of the user, for routers and guardrails. */
  userTier: string
  /** The features that are on, for tools and guardrails. */
  flags: ReadonlySet<string>
  /** The set of general guardrails. */
  guardrails: (typeof GUARDRAIL_SETS)[number]
  /** Whether the model judges each message before it answers. */
  guardrailsModelCheck: boolean
  discover: boolean
  logLevel: LogLevel
  /** The base URL of OpenAI's admin API, asked for an organisation's costs. */
  openAiAdminUrl: string
  /** The address at which browsers reach Tally through a tunnel or proxy. Null if there is none. */
  publicUrl: URL | null
  /** The budgets that the environment sets. */
  budgets: GivenLimits
}

const ONLY_LOOPBACK =
  'must be 127.0.0.1, ::1 or localhost: Tally has no login yet, so it lets no other machine in'
const OPENAI_ADMIN = 'https://api.openai.com/v1'
const MAX_PORT = 65_535
const MAX_TIMEOUT_MS = 3_600_000
const MAX_ANSWER_TIMEOUT_MS = 86_400_000
const MAX_TURNS = 1000
const MAX_WAIT_HOURS = 8_760

const GUARDRAIL_SETS = ['off', 'default', 'strict'] as const

const Settings = z.object({
  HOST: z._default(z.string().check(z.refine(isLoopback, ONLY_LOOPBACK)), '127.0.0.1'),
  PORT: wholeNumber(0, MAX_PORT, 8787),
  DATA_DIR: z._default(z.string(), './data'),
  TALLY_IDLE_TIMEOUT_MS: wholeNumber(1, MAX_TIMEOUT_MS, 120_000),
  TALLY_ANSWER_TIMEOUT_MS: wholeNumber(1, MAX_ANSWER_TIMEOUT_MS, 1_800_000),
  TALLY_MAX_TURNS: wholeNumber(1, MAX_TURNS, 25),
  TALLY_WAIT_HOURS: wholeNumber(1, MAX_WAIT_HOURS, 24),
  TALLY_USER_TIER: z._default(z.string().check(z.maxLength(40)), 'standard'),
  TALLY_FLAGS: z._default(z.string(), ''),
  TALLY_GUARDRAILS: z._default(z.enum(GUARDRAIL_SETS, 'must be off, default or strict'), 'default'),
  TALLY_GUARDRAILS_MODEL_CHECK: z._default(z.enum(['0', '1'], 'must be 0 or 1'), '0'),
  TALLY_DISCOVER: z._default(z.enum(['0', '1'], 'must be 0 or 1'), '1'),
  TALLY_LOG: z._default(z.enum(LOG_LEVELS, 'must be debug, info or warn'), 'info'),
  TALLY_OPENAI_ADMIN_URL: z._default(
    z.string().check(z.refine(isWebAddress, `must be an address like ${OPENAI_ADMIN}`)),
    OPENAI_ADMIN,
  ),
  TALLY_PUBLIC_URL: z.optional(
    z.string().check(z.refine(isOrigin, 'must be an address like https://tally.example.org')),
  ),
})

/** Reads `.env` in `folder`. The real environment takes precedence. */
export function loadConfig(folder: string, environment: Env): Config {
  return readConfig({ ...readDotEnv(folder), ...environment }, folder)
}

export function readConfig(given: Env, folder: string): Config {
  const env = withoutEmpty(given)
  const result = z.safeParse(Settings, env)
  if (!result.success) {
    throw new SettingRefused(`${firstIssue(result.error)}.`)
  }
  const settings = result.data
  const providers = providersOf(env, folder)
  return {
    host: settings.HOST,
    port: settings.PORT,
    dataDir: resolve(folder, settings.DATA_DIR),
    providers,
    defaultModel: defaultModelOf(providers, env),
    appSecret: appSecretOf(env, folder),
    idleTimeoutMs: settings.TALLY_IDLE_TIMEOUT_MS,
    answerTimeoutMs: settings.TALLY_ANSWER_TIMEOUT_MS,
    maxTurns: settings.TALLY_MAX_TURNS,
    waitMs: settings.TALLY_WAIT_HOURS * 3_600_000,
    userTier: settings.TALLY_USER_TIER,
    flags: new Set(settings.TALLY_FLAGS.split(/[\s,]+/).filter((flag) => flag !== '')),
    guardrails: settings.TALLY_GUARDRAILS,
    guardrailsModelCheck: settings.TALLY_GUARDRAILS_MODEL_CHECK === '1',
    discover: settings.TALLY_DISCOVER === '1',
    logLevel: settings.TALLY_LOG,
    openAiAdminUrl: settings.TALLY_OPENAI_ADMIN_URL.replace(/\/+$/, ''),
    publicUrl: URL.parse(settings.TALLY_PUBLIC_URL ?? ''),
    budgets: budgetsOf(env),
  }
}

function readDotEnv(folder: string): Env {
  try {
    return parseEnv(readFileSync(resolve(folder, '.env'), 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw new SettingRefused(`The file .env in ${folder} cannot be read.`)
  }
}

/** An empty setting counts as not set. */
function withoutEmpty(env: Env): Env {
  return Object.fromEntries(
    Object.entries(env)
      .map(([name, value]) => [name, value?.trim()] as const)
      .filter(([, value]) => value !== ''),
  )
}

function wholeNumber(min: number, max: number, standard: number) {
  const message = `must be a whole number from ${min} to ${max}`
  return z.pipe(
    z._default(z.string().check(z.regex(/^\d{1,9}$/, message)), String(standard)),
    z.pipe(z.transform(Number), z.int().check(z.minimum(min, message), z.maximum(max, message))),
  )
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

/** Tally must be served at the root, without a path. */
function isOrigin(text: string): boolean {
  const url = URL.parse(text)
  const isPlain = url !== null && url.username === '' && url.search === '' && url.hash === ''
  return isPlain && ['http:', 'https:'].includes(url.protocol) && url.pathname === '/'
}

function isWebAddress(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && ['http:', 'https:'].includes(url.protocol) && url.search === ''
}

const MIN_BYTES = 32

/** Reads the secret that encrypts stored keys from the file that APP_SECRET_FILE names. */
function appSecretOf(env: Env, folder: string): Buffer | null {
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
