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
  'Only bff/agent knows the SDK: say what you need with the types of bff/agent/types.ts.',
  '@openai/**',
  'openai',
  'openai/**',
)
const hono = ban(
  'HTTP stays at the edge: app, http-server, static, request and routes.ts.',
  'hono',
  'hono/**',
  '@hono/**',
)
const sql = ban(
  'SQL stays in bff/db, in store files and in runs/event-log.ts.',
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
const room = [
  ...inBff,
  sdk,
  ban(
    'A room stands below the app: let what it needs come in as an argument.',
    ...['app', 'server', 'config', 'gate', 'static', 'openapi', 'open-tally', 'start-tally'].map(
      (name) => `**/${name}.ts`,
    ),
  ),
]
const rooms = (...names: string[]) => names.map((name) => `**/${name}/**`)
/** Which other rooms a room of bff stands on, besides agent and db. */
const standsOn: Record<string, string[]> = {
  runs: ['context', 'conversations', 'budgets', 'ledger'],
  checks: ['providers', 'budgets', 'ledger'],
  context: ['conversations', 'ledger'],
  conversations: [],
  budgets: ['ledger'],
  reconcile: ['ledger'],
  ledger: [],
  providers: [],
}
const roomNames = Object.keys(standsOn)
const allRooms = rooms(...roomNames)
const others = Object.entries(standsOn).map(([name, below]): [string, Ban] => [
  name,
  ban(
    `${name} stands on ${below.join(', ') || 'no other room'}: let what else it needs come in.`,
    ...rooms(...roomNames.filter((other) => other !== name && !below.includes(other))),
  ),
])

const pages = ['chat', 'conversations', 'usage', 'settings', 'receipt', 'context']
const onTop = ban('The app stands on top: let what you need come in as props.', '**/app.tsx')
const belowPages = (message: string, ...more: string[]) => [
  ...inWeb,
  onTop,
  ban(message, ...rooms(...pages, ...more)),
]

const tests = ['**/*.test.ts', '**/*.test.tsx']
const stores = ['bff/*/*store*.ts', 'bff/runs/event-log.ts']
const routes = ['bff/*/routes.ts', 'bff/*/*-routes.ts']
const http = ['app', 'http-server', 'open-tally', 'request', 'static'].map(
  (name) => `bff/${name}.ts`,
)
const low = ['config*', 'env', 'problem', 'log', 'first-issue', 'setting-refused', 'headers'].map(
  (name) => `bff/${name}.ts`,
)

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
          ...rooms(...pages.filter((other) => other !== page)),
        ),
      ],
      [...tests, 'web/chat/chat-page*'],
    ),
  ),
  layer(['web/transcript/**'], belowPages('The transcript is below the pages.')),
  layer(['web/markdown/**'], belowPages('Markdown draws text.', 'transcript', 'api')),
  layer(['web/ui/**'], belowPages('ui knows no chat.', 'transcript', 'markdown', 'api')),
  layer(['web/api/**'], belowPages('web/api draws nothing.', 'transcript', 'markdown', 'ui')),
  layer(['web/**/*.test.ts', 'web/**/*.test.tsx'], [bff], []),

  layer(http, [...inBff, sdk, sql]),
  layer(low, [...inBff, sdk, sql, hono, ban('This is below the rooms.', ...allRooms)]),
  layer(['bff/*.ts'], [...inBff, sdk, sql, hono], [...tests, ...http, ...low]),
  ...others.flatMap(([name, other]) => [
    layer([`bff/${name}/**/*.ts`], [...room, other, hono, sql], [...tests, ...stores, ...routes]),
    layer([`bff/${name}/*store*.ts`, `bff/${name}/event-log.ts`], [...room, other, hono]),
    layer([`bff/${name}/routes.ts`, `bff/${name}/*-routes.ts`], [...room, other, sql]),
  ]),
  layer(
    ['bff/agent/**/*.ts'],
    [
      ...room.filter((rule) => rule !== sdk),
      hono,
      sql,
      ban('The agent knows no store: what it needs comes in.', ...allRooms, '**/db/**'),
    ],
  ),
  layer(
    ['bff/db/**/*.ts'],
    [...room, hono, ban('The database is the lowest room.', ...allRooms, '**/agent/**')],
  ),
  layer(
    ['bff/worker/**/*.ts'],
    [
      ...inBff,
      sdk,
      hono,
      sql,
      ban('The worker is asked through its client.', '**/worker/worker.ts', './worker.ts'),
    ],
  ),
  layer(['bff/**/*.test.ts'], [...inBff, sdk], ['bff/agent/**']),
  layer(['bff/agent/**/*.test.ts'], inBff, []),

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
    { files: ['scripts/**', 'bench/**'], rules: { 'no-console': 'off' } },
    // A thread has no origin.
    {
      files: ['bff/worker/**', 'bff/db/integrity-worker.ts'],
      rules: { 'unicorn/require-post-message-target-origin': 'off' },
    },
    { files: [...tests, 'e2e/**'], rules: { 'typescript/no-unsafe-type-assertion': 'off' } },
  ],
})
