import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadConfig, readConfig } from './config.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tally-config-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const read = (env: Record<string, string>) => readConfig(env, folder)

function providersFile(content: unknown): Record<string, string> {
  const file = join(folder, 'providers.json')
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return { TALLY_PROVIDERS: file }
}

test('without settings: loopback, the default port, data beside the program, no provider', () => {
  expect(read({})).toEqual({
    host: '127.0.0.1',
    port: 8787,
    dataDir: join(folder, 'data'),
    providers: [],
    defaultModel: null,
    appSecret: null,
    idleTimeoutMs: 120_000,
    answerTimeoutMs: 1_800_000,
    maxTurns: 25,
    waitMs: 86_400_000,
    userTier: 'standard',
    flags: new Set(),
    guardrails: 'default',
    guardrailsModelCheck: false,
    discover: true,
    logLevel: 'info',
    openAiAdminUrl: 'https://api.openai.com/v1',
    publicUrl: null,
    budgets: {},
  })
})

test('an empty setting counts as not set', () => {
  expect(read({ PORT: '', OPENAI_API_KEY: ' ', TALLY_PROVIDERS: '' })).toEqual(read({}))
})

test('budgets are set in dollars, in tokens or both, exactly', () => {
  const { budgets } = read({
    TALLY_BUDGET_RUN: '$0.50',
    TALLY_BUDGET_DAY: '200000 tokens',
    TALLY_BUDGET_MONTH: '$12.345678901, 9 tokens',
  })
  expect(budgets).toEqual({
    run: { limitNanoUsd: 500_000_000, limitTokens: null },
    day: { limitNanoUsd: null, limitTokens: 200_000 },
    month: { limitNanoUsd: 12_345_678_901, limitTokens: 9 },
  })
})

test.each(['0.50', '$', '$1.0000000001', '5 dollars', '$1,', '-1 tokens'])(
  'a budget of "%s" is refused with a sentence',
  (text) => {
    expect(() => read({ TALLY_BUDGET_DAY: text })).toThrow(/TALLY_BUDGET_DAY must be like/)
  },
)

test('the environment wins over .env', () => {
  writeFileSync(join(folder, '.env'), 'PORT=1111\nTALLY_MAX_TURNS=3 # a remark\n')
  const config = loadConfig(folder, { PORT: '2222' })
  rmSync(join(folder, '.env'))

  expect(config).toMatchObject({ port: 2222, maxTurns: 3 })
})

test('a key alone means OpenAI with the responses API', () => {
  expect(read({ OPENAI_API_KEY: 'sk-1', OPENAI_MODEL: 'gpt-5' }).providers).toEqual([
    {
      name: 'openai',
      kind: 'configured',
      baseUrl: 'https://api.openai.com/v1',
      api: 'responses',
      apiKey: 'sk-1',
      keyName: 'OPENAI_API_KEY',
      storedKey: null,
      setBy: 'OPENAI_API_KEY',
      defaultModel: 'gpt-5',
      models: [],
      modelPatterns: [],
      maxRetries: 2,
      headers: {},
    },
  ])
})

test('any other address uses chat completions, needs no key, and is named by its host', () => {
  const [provider] = read({ OPENAI_BASE_URL: 'http://localhost:11434/v1/' }).providers
  expect(provider).toMatchObject({
    name: 'localhost:11434',
    baseUrl: 'http://localhost:11434/v1',
    api: 'chat_completions',
    apiKey: null,
    keyName: null,
  })
})

test('OPENAI_API takes precedence', () => {
  const env = { OPENAI_BASE_URL: 'http://localhost:8000/v1', OPENAI_API: 'responses' }
  expect(read(env).providers[0]?.api).toBe('responses')
})

test('a file describes several providers, each with the variable that holds its key', () => {
  const env = providersFile([
    { name: 'router', baseUrl: 'https://openrouter.ai/api/v1', apiKeyEnv: 'ROUTER_KEY' },
    { name: 'box', baseUrl: 'http://10.0.0.5:8000/v1', modelPatterns: ['qwen*'], maxRetries: 0 },
  ])
  const { providers } = read({ ...env, ROUTER_KEY: 'k1', OPENAI_API_KEY: 'sk-1' })

  expect(providers.map(({ name }) => name)).toEqual(['openai', 'router', 'box'])
  expect(providers[1]).toMatchObject({ apiKey: 'k1', keyName: 'ROUTER_KEY', maxRetries: 2 })
  expect(providers[2]).toMatchObject({ modelPatterns: ['qwen*'], apiKey: null, maxRetries: 0 })
})

test('the file’s description of a provider takes precedence, and its key goes nowhere else', () => {
  const openai = { name: 'openai', baseUrl: 'https://api.openai.com/v1', modelPatterns: ['gpt-*'] }
  const proxy = { name: 'proxy', baseUrl: 'http://127.0.0.1:4000/v1', apiKeyEnv: 'OPENAI_API_KEY' }
  const names = (entries: unknown) =>
    read({ ...providersFile(entries), OPENAI_API_KEY: 'sk-1' }).providers.map(({ name }) => name)

  expect(names([{ ...openai, apiKeyEnv: 'OPENAI_API_KEY' }])).toEqual(['openai'])
  expect(names([proxy])).toEqual(['proxy'])
  expect(names([entry])).toEqual(['openai', 'a'])
})

const entry = { name: 'a', baseUrl: 'http://127.0.0.1:1/v1' }

test.each<[what: string, env: () => Record<string, string>, sentence: RegExp]>([
  [
    'a provider on port 0',
    () => ({ OPENAI_BASE_URL: 'http://127.0.0.1:0/v1' }),
    /^OPENAI_BASE_URL must be an address/,
  ],
  ['a port that is a word', () => ({ PORT: 'http' }), /^PORT: must be a whole number/],
  ['a port too high', () => ({ PORT: '65536' }), /^PORT: must be .* to 65535/],
  ['an address others reach', () => ({ HOST: '0.0.0.0' }), /^HOST: .*no login yet/],
  ['a host name', () => ({ HOST: 'tally.example' }), /^HOST: /],
  ['a timeout of zero', () => ({ TALLY_IDLE_TIMEOUT_MS: '0' }), /^TALLY_IDLE_TIMEOUT_MS: /],
  ['turns below one', () => ({ TALLY_MAX_TURNS: '-1' }), /^TALLY_MAX_TURNS: /],
  ['a loud log', () => ({ TALLY_LOG: 'all' }), /^TALLY_LOG: must be debug, info or warn/],
  ['a half switch', () => ({ TALLY_DISCOVER: 'maybe' }), /^TALLY_DISCOVER: must be 0 or 1/],
  [
    'a public address with a path',
    () => ({ TALLY_PUBLIC_URL: 'https://example.org/tally' }),
    /^TALLY_PUBLIC_URL: must be an address like/,
  ],
  [
    'an admin URL that is not an address',
    () => ({ TALLY_OPENAI_ADMIN_URL: 'ftp://x' }),
    /^TALLY_OPENAI_ADMIN_URL: must be an address/,
  ],
  ['an invalid base URL', () => ({ OPENAI_BASE_URL: 'localhost:1' }), /^OPENAI_BASE_URL /],
  [
    'a password with a bare percent sign',
    () => ({ OPENAI_BASE_URL: 'http://ann:50%off@localhost:1/v1' }),
    /^OPENAI_BASE_URL has a % in its user or password: write it as %25\.$/,
  ],
  [
    'an unknown kind of API',
    () => ({ OPENAI_API_KEY: 'sk-1', OPENAI_API: 'rest' }),
    /^OPENAI_API must be responses or chat_completions/,
  ],
  ['a missing file', () => ({ TALLY_PROVIDERS: 'gone.json' }), /gone\.json cannot be read/],
  ['a broken file', () => providersFile('{'), /providers\.json is not valid JSON/],
  ['a misspelt field', () => providersFile([{ ...entry, modles: [] }]), /0: .*modles/],
  ['a field of the wrong kind', () => providersFile([{ ...entry, models: 'x' }]), /0\.models: /],
  ['a base URL in the file', () => providersFile([{ ...entry, baseUrl: 'x' }]), /baseUrl of "a"/],
  ['a key that is not there', () => providersFile([{ ...entry, apiKeyEnv: 'NOT' }]), /NOT, which/],
  ['one name twice', () => providersFile([entry, entry]), /Two providers are called "a"/],
])('%s is refused in one sentence', (_what, env, sentence) => {
  const refusal = () => read(env())
  expect(refusal).toThrow(sentence)
  expect(refusal).not.toThrow(/\n/)
})

test('a refusal never repeats a key', () => {
  const env = { OPENAI_API_KEY: 'sk-secret with space' }
  expect(() => read(env)).toThrow(/^OPENAI_API_KEY holds/)
  expect(() => read(env)).not.toThrow(/secret/)
})

test('the secret for stored keys is the content of its file without the final line break', () => {
  const secret = 's'.repeat(32)
  writeFileSync(join(folder, 'secret'), `${secret}\n`)
  expect(read({ APP_SECRET_FILE: 'secret' }).appSecret?.toString()).toBe(secret)
  writeFileSync(join(folder, 'secret'), 'short')
  expect(() => read({ APP_SECRET_FILE: 'secret' })).toThrow(/holds 5 bytes.*openssl rand/)
  expect(() => read({ APP_SECRET_FILE: 'nowhere' })).toThrow(/nowhere cannot be read/)
})

test('OPENAI_MODEL is the default model, unless the file describes its provider', () => {
  const env = { OPENAI_API_KEY: 'sk-1', OPENAI_MODEL: 'gpt-5' }
  expect(read(env).defaultModel).toEqual({
    provider: 'openai',
    model: 'gpt-5',
    setBy: 'OPENAI_MODEL',
  })
  const named = providersFile([{ name: 'openai', baseUrl: 'https://api.openai.com/v1' }])
  expect(read({ ...env, ...named }).defaultModel).toBeNull()
  expect(read({ OPENAI_MODEL: 'gpt-5' }).defaultModel).toBeNull()
})
