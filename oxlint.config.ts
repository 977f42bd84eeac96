// Who may import whom, as lint errors with our own words, and the few rules beyond the defaults.
// A later override of one rule replaces the earlier one, so the folders of `layers` are disjoint.
import { defineConfig, type OxlintOverride } from 'oxlint'

interface Ban {
  group: string[]
  message: string
}

const ban = (message: string, ...group: string[]): Ban => ({ group, message })

const web = ban('web and bff never import each other: what both need is in #shared.', '**/web/**')
const bff = ban('web and bff never import each other: what both need is in #shared.', '**/bff/**')
const sdk = ban(
  'Only upstream, runtime and agents know the SDK: use the types of bff/upstream/types.ts.',
  '@openai/**',
  'openai',
  'openai/**',
)
const hono = ban(
  'HTTP stays at the edge: app, compose, serve, http and routes.ts.',
  'hono',
  'hono/**',
  '@hono/**',
  'hono-openapi',
)
const sql = ban(
  'SQL stays in bff/db, in *-store.ts and in runs/event-log.ts.',
  'better-sqlite3',
  'kysely',
  'kysely/**',
)
const browser = ban('React belongs in web.', 'react', 'react/**', 'react-dom/**', '@tanstack/**')
const server = ban(
  'This runs on the server: web imports what a browser can run.',
  'node:*',
  'pino',
  ...sdk.group,
  ...hono.group,
  ...sql.group,
)

const inWeb = [bff, server]
const inBff = [web, browser]
/**
 * The modules of bff, the lowest first, each with those it stands on. Above all of them stand
 * compose.ts, app.ts and server.ts, and serve/, which runs the process.
 */
const standsOn: Record<string, string[]> = {
  cache: [],
  log: ['cache'],
  http: [],
  documentation: [],
  jobs: [],
  db: ['http', 'jobs'],
  worker: [],
  search: ['conversations', 'db', 'http', 'jobs'],
  upstream: ['documentation', 'worker'],
  config: ['log', 'upstream'],
  runtime: ['upstream', 'worker'],
  agents: ['documentation', 'runtime'],
  ledger: ['cache', 'config', 'db', 'http', 'jobs', 'upstream', 'worker'],
  providers: ['cache', 'config', 'db', 'http', 'jobs', 'upstream'],
  conversations: ['db', 'http', 'jobs', 'ledger'],
  budgets: ['cache', 'db', 'http', 'jobs', 'ledger', 'upstream'],
  files: ['conversations', 'db', 'http', 'jobs', 'upstream', 'worker'],
  checks: ['budgets', 'db', 'http', 'ledger', 'providers', 'upstream'],
  context:
    'budgets cache checks conversations db http jobs ledger providers runtime upstream'.split(' '),
  query: ['budgets', 'http', 'providers', 'runtime', 'upstream'],
  reconcile: ['db', 'http', 'ledger', 'upstream'],
  exports: ['conversations', 'db', 'files', 'http', 'jobs', 'ledger', 'prompts'],
  imports: 'conversations db exports files http jobs ledger prompts runs upstream'.split(' '),
  prompts: ['conversations', 'db', 'http'],
  rules: ['conversations', 'db', 'http'],
  runs: 'budgets cache context conversations db http jobs ledger log rules runtime upstream'.split(
    ' ',
  ),
}
const bffModules = Object.keys(standsOn)
const oneWay = 'Every request to a provider goes through bff/upstream/send-request.ts.'
const onlyTests = ban('Helpers of bff/testing are for tests.', '**/testing/**')
/** Relative paths only: `@openai/agents` has a folder of that name too. */
const relative = (path: string) => ['../', '../../', '../../../'].map((up) => `${up}${path}`)
const insideBff = (name: string, below: string[]): Ban[] => [
  ...inBff,
  onlyTests,
  ...(name === 'upstream' ? [] : [ban(oneWay, '**/upstream-fetch.ts')]),
  ban(
    'A module stands below the app: let what it needs come in as an argument.',
    ...['app.ts', 'server.ts', 'compose*.ts', 'serve/**'].flatMap(relative),
  ),
  ban(
    `${name} stands on ${below.join(', ') || 'no other module'}: let what else it needs come in.`,
    ...bffModules
      .filter((other) => other !== name && !below.includes(other))
      .flatMap((other) => relative(`${other}/**`)),
  ),
]
const modules = (...names: string[]) => names.map((name) => `**/${name}/**`)
/** Who may speak to the SDK. */
const sdkModules = ['upstream', 'runtime', 'agents']

const pages = ['chat', 'conversations', 'usage', 'settings', 'receipt', 'context']
const onTop = ban('The app stands on top: let what you need come in as props.', '**/app.tsx')
const belowPages = (message: string, ...more: string[]) => [
  ...inWeb,
  onTop,
  ban(message, ...modules(...pages, ...more)),
]

const tests = ['**/*.test.ts', '**/*.test.tsx']
const stores = ['*-store.ts', 'event-log.ts']
const routes = ['routes.ts', '*-routes.ts']

const sdkTests = sdkModules.map((name) => `bff/${name}/**/*.test.ts`)

function layer(files: string[], bans: Ban[], excludeFiles = tests): OxlintOverride {
  return {
    files,
    excludeFiles,
    rules: { 'no-restricted-imports': ['error', { patterns: bans }] },
  }
}

const layers = [
  layer(
    ['shared/**/*.ts'],
    [ban('shared is the contract: it imports zod and itself.', '*', '!./*', '!zod', '!zod/**')],
  ),
  layer(['shared/**/*.test.ts'], [web, bff], []),

  layer(['web/*.ts', 'web/*.tsx', 'web/chat/chat-page*'], inWeb),
  ...pages.map((page) =>
    layer(
      [`web/${page}/**`],
      [
        ...inWeb,
        onTop,
        ban(
          'Pieces of one level meet in app.tsx or chat-page.tsx: pass it as a prop.',
          ...modules(...pages.filter((other) => other !== page)),
        ),
      ],
      [...tests, 'web/chat/chat-page*'],
    ),
  ),
  layer(['web/transcript/**'], belowPages('The transcript is below the pages.')),
  layer(['web/rules/**'], belowPages('Rules are below the pages.', 'transcript', 'markdown')),
  layer(['web/markdown/**'], belowPages('Markdown draws text.', 'transcript', 'api')),
  layer(['web/ui/**'], belowPages('ui knows no chat.', 'transcript', 'markdown', 'api')),
  layer(['web/api/**'], belowPages('web/api draws nothing.', 'transcript', 'markdown', 'ui')),
  layer(['web/**/*.test.ts', 'web/**/*.test.tsx'], [bff], []),

  layer(['bff/*.ts', 'bff/serve/*.ts'], [...inBff, onlyTests, sdk, sql]),
  ...Object.entries(standsOn).flatMap(([name, below]) => {
    const noSdk = sdkModules.includes(name) ? [] : [sdk]
    const inside = insideBff(name, below)
    const noHono = name === 'http' ? [] : [hono]
    const noSql = name === 'db' ? [] : [sql]
    const files = (names: string[]) => names.map((one) => `bff/${name}/**/${one}`)
    return [
      layer(
        files(['*.ts']),
        [...inside, ...noSdk, ...noHono, ...noSql],
        [...tests, ...files(stores), ...files(routes)],
      ),
      layer(files(stores), [...inside, ...noSdk, hono]),
      layer(files(routes), [...inside, ...noSdk, sql]),
    ]
  }),
  layer(['bff/**/*.test.ts', 'bff/testing/**'], [...inBff, sdk], sdkTests),
  layer(sdkTests, inBff, []),

  layer(
    ['e2e/**/*.spec.ts', 'e2e/**/*page*.ts'],
    [
      ban(
        'Tests see the product from outside: start it through the fixtures.',
        '**/bff/**',
        '**/web/**',
      ),
    ],
  ),
]

const onlyApi = 'Only web/api speaks with the server.'

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'react', 'jsx-a11y', 'promise', 'vitest'],
  categories: { correctness: 'error', suspicious: 'error' },
  ignorePatterns: ['dist', 'data'],
  rules: {
    'import/no-cycle': 'error',
    'max-lines': ['error', { max: 250, skipBlankLines: true }],
    'no-console': 'error',
    'oxc/no-barrel-file': ['error', { threshold: 0 }],
    'typescript/ban-ts-comment': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    'typescript/only-throw-error': 'error',
    'typescript/switch-exhaustiveness-check': 'error',
    // An exhaustive switch without `default` returns in every case.
    'typescript/consistent-return': 'off',
    'react/react-in-jsx-scope': 'off',
    'import/no-unassigned-import': 'off',
    // A helper lives beside its only caller.
    'unicorn/consistent-function-scoping': 'off',
    'no-underscore-dangle': 'off',
    // The second argument of `expect` says what was looked at.
    'vitest/valid-expect': ['error', { maxArgs: 2 }],
    'no-shadow': 'off',
  },
  overrides: [
    ...layers,
    { files: ['web/**/*.ts', 'web/**/*.tsx'], rules: { 'react/rules-of-hooks': 'error' } },
    {
      files: ['web/**/*.ts', 'web/**/*.tsx'],
      excludeFiles: ['web/api/**', ...tests],
      rules: {
        'no-restricted-globals': [
          'error',
          ...['fetch', 'EventSource', 'XMLHttpRequest', 'WebSocket'].map((name) => ({
            name,
            message: onlyApi,
          })),
        ],
        'no-restricted-properties': [
          'error',
          ...['window', 'globalThis', 'self'].map((object) => ({
            object,
            property: 'fetch',
            message: onlyApi,
          })),
        ],
      },
    },
    {
      files: ['bff/**/*.ts'],
      excludeFiles: [...tests, 'bff/testing/**'],
      rules: { 'no-restricted-globals': ['error', { name: 'fetch', message: oneWay }] },
    },
    { files: ['scripts/**', 'bench/**'], rules: { 'no-console': 'off' } },
    // A thread has no origin.
    {
      files: [
        'bff/worker/**',
        'bff/serve/worker-thread.ts',
        'bff/{db,files}/*-worker.ts',
        'bff/imports/read-*.ts',
      ],
      rules: { 'unicorn/require-post-message-target-origin': 'off' },
    },
    { files: [...tests, 'e2e/**'], rules: { 'typescript/no-unsafe-type-assertion': 'off' } },
  ],
})
