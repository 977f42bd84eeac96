// Breaks every layer rule on purpose in a copy of the tree, so that a rule that stops working fails here.
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod/mini'

const root = join(import.meta.dirname, '..')
const folders = ['shared', 'web', 'bff', 'e2e']

const Report = z.object({
  diagnostics: z.array(
    z.object({ filename: z.string(), message: z.string(), help: z.optional(z.string()) }),
  ),
})

const imports = (from: string) => `import { x } from '${from}'\nexport const y = x\n`

const forbidden: [file: string, source: string, why: string][] = [
  ['shared/a.ts', imports('hono'), 'imports zod and itself'],
  ['shared/b.ts', imports('node:fs'), 'imports zod and itself'],
  ['shared/c.ts', imports('../bff/http/problem.ts'), 'imports zod and itself'],
  ['web/a.tsx', imports('../bff/http/problem.ts'), 'web and bff never'],
  ['web/chat/a.ts', imports('../../bff/runs/start-run.ts'), 'web and bff never'],
  ['web/chat/b.ts', imports('hono'), 'runs on the server'],
  ['web/chat/c.ts', imports('../usage/usage-page.tsx'), 'meet in app.tsx'],
  ['web/chat/d.ts', imports('../app.tsx'), 'stands on top'],
  ['web/chat/e.ts', 'export const get = () => fetch("/api/health")\n', 'Only web/api'],
  ['web/chat/f.ts', 'export const get = () => window.fetch("/api/health")\n', 'Only web/api'],
  ['web/chat/g.ts', 'export const open = () => new EventSource("/api")\n', 'Only web/api'],
  ['web/transcript/a.ts', imports('../chat/chat-page.tsx'), 'below the pages'],
  ['web/rules/a.ts', imports('../settings/settings-page.tsx'), 'below the pages'],
  ['web/markdown/a.ts', imports('../transcript/transcript.tsx'), 'draws text'],
  ['web/ui/a.ts', imports('../markdown/markdown.tsx'), 'knows no chat'],
  ['web/ui/b.ts', imports('../api/request.ts'), 'knows no chat'],
  ['web/api/a.ts', imports('../ui/button.tsx'), 'draws nothing'],
  ['web/api/b.ts', imports('openai'), 'runs on the server'],
  ['bff/app.ts', imports('../web/app.tsx'), 'web and bff never'],
  ['bff/server.ts', imports('@openai/agents'), 'know the SDK'],
  ['bff/serve/a.ts', imports('openai'), 'know the SDK'],
  ['bff/serve/b.ts', imports('../testing/prices.ts'), 'are for tests'],
  ['bff/http/gate.ts', imports('kysely'), 'SQL stays'],
  ['bff/http/a.ts', imports('../runs/start-run.ts'), 'http stands on no other module'],
  ['bff/config/config.ts', imports('hono'), 'HTTP stays at the edge'],
  ['bff/config/a.ts', imports('../db/open.ts'), 'config stands on log, upstream'],
  ['bff/log/a.ts', imports('../config/config.ts'), 'log stands on cache'],
  ['bff/documentation/a.ts', imports('../db/open.ts'), 'documentation stands on no other module'],
  ['bff/runs/a.ts', imports('openai'), 'know the SDK'],
  ['bff/runs/b.ts', imports('@openai/agents/testing'), 'know the SDK'],
  ['bff/runs/c.ts', imports('hono'), 'HTTP stays at the edge'],
  ['bff/runs/d.ts', imports('@hono/node-server'), 'HTTP stays at the edge'],
  ['bff/runs/d2.ts', imports('hono-openapi'), 'HTTP stays at the edge'],
  ['bff/runs/e.ts', imports('better-sqlite3'), 'SQL stays'],
  ['bff/runs/f.ts', imports('../server.ts'), 'below the app'],
  ['bff/runs/g.ts', imports('../serve/serve.ts'), 'below the app'],
  ['bff/runs/h.ts', imports('../testing/runs.ts'), 'are for tests'],
  ['bff/runs/i.ts', imports('../agents/registry.ts'), 'runs stands on'],
  ['bff/rules/a.ts', imports('../runs/start-run.ts'), 'rules stands on conversations, db, http'],
  ['bff/files/a.ts', imports('../runs/start-run.ts'), 'files stands on'],
  ['bff/budgets/a.ts', imports('../runs/start-run.ts'), 'budgets stands on'],
  ['bff/runs/routes.ts', imports('kysely'), 'SQL stays'],
  ['bff/runs/event-log.ts', imports('hono'), 'HTTP stays at the edge'],
  [
    'bff/conversations/conversation-store.ts',
    imports('../runs/start-run.ts'),
    'conversations stands on db, http, jobs',
  ],
  ['bff/context/a.ts', imports('../runs/start-run.ts'), 'context stands on'],
  [
    'bff/ledger/a.ts',
    imports('../runs/start-run.ts'),
    'ledger stands on cache, config, db, http, jobs, upstream, worker',
  ],
  [
    'bff/ledger/sums/usage-store.ts',
    imports('../../conversations/conversation-store.ts'),
    'ledger stands on cache, config, db, http, jobs, upstream, worker',
  ],
  [
    'bff/providers/a.ts',
    imports('../ledger/calls/call-store.ts'),
    'providers stands on cache, config, db, http, jobs, upstream',
  ],
  [
    'bff/checks/a.ts',
    imports('../runs/start-run.ts'),
    'checks stands on budgets, db, http, ledger, providers, upstream',
  ],
  [
    'bff/reconcile/a.ts',
    imports('../runs/start-run.ts'),
    'reconcile stands on db, http, ledger, upstream',
  ],
  ['bff/reconcile/b.ts', imports('kysely'), 'SQL stays'],
  [
    'bff/ledger/b.ts',
    imports('../reconcile/compare.ts'),
    'ledger stands on cache, config, db, http, jobs, upstream, worker',
  ],
  [
    'bff/providers/b.ts',
    imports('../checks/checks.ts'),
    'providers stands on cache, config, db, http, jobs, upstream',
  ],
  ['bff/upstream/a.ts', imports('../runs/event-log.ts'), 'upstream stands on'],
  ['bff/upstream/e.ts', imports('../runtime/history.ts'), 'upstream stands on'],
  ['bff/runtime/a.ts', imports('../agents/registry.ts'), 'runtime stands on upstream'],
  ['bff/agents/a.ts', imports('../runs/event-log.ts'), 'agents stands on documentation, runtime'],
  ['bff/upstream/b.ts', imports('../db/open.ts'), 'upstream stands on'],
  ['bff/upstream/deep/c.ts', imports('../../ledger/calls/call-store.ts'), 'upstream stands on'],
  ['bff/upstream/d.ts', imports('hono'), 'HTTP stays at the edge'],
  ['bff/cache/a.ts', imports('../db/open.ts'), 'cache stands on no other module'],
  ['bff/jobs/a.ts', imports('../db/open.ts'), 'jobs stands on no other module'],
  ['bff/providers/c.ts', imports('../upstream/upstream-fetch.ts'), 'goes through'],
  ['bff/reconcile/c.ts', 'export const get = () => fetch("https://a.test")\n', 'goes through'],
  ['bff/db/a.ts', imports('../runs/store.ts'), 'db stands on http, jobs'],
  ['bff/db/b.ts', imports('../upstream/types.ts'), 'db stands on http, jobs'],
  ['bff/worker/a.ts', imports('../search/words.ts'), 'worker stands on no other module'],
  ['bff/worker/b.ts', imports('kysely'), 'SQL stays'],
  ['bff/runs/a.test.ts', imports('@openai/agents'), 'know the SDK'],
  ['bff/upstream/a.test.ts', imports('../../web/app.tsx'), 'web and bff never'],
  ['e2e/send.spec.ts', imports('../bff/app.ts'), 'from outside'],
  ['web/cycle-a.ts', imports('./cycle-b.ts'), 'Dependency cycle'],
  ['web/cycle-b.ts', "import { y } from './cycle-a.ts'\nexport const x = y\n", 'Dependency cycle'],
]

const allowed: [file: string, source: string][] = [
  ['shared/ok.ts', "import * as z from 'zod/mini'\nexport const y = z\n"],
  ['web/chat/ok.ts', imports('../transcript/transcript.tsx')],
  ['web/chat/ok2.ts', imports('#shared/api.ts')],
  ['web/chat/chat-page.tsx', imports('../settings/model-picker.tsx')],
  ['web/api/ok.ts', 'export const get = () => fetch("/api/health")\n'],
  ['web/transcript/ok.ts', imports('../markdown/markdown.tsx')],
  ['bff/http/static.ts', imports('hono')],
  ['bff/http/request.ts', imports('hono')],
  ['bff/runs/ok.ts', imports('../conversations/conversation-store.ts')],
  ['bff/ledger/routes.ts', imports('hono')],
  ['bff/ledger/calls/call-store.ts', imports('kysely')],
  ['bff/upstream/ok.ts', imports('@openai/agents')],
  ['bff/agents/ok.ts', imports('../runtime/define-agent.ts')],
  ['bff/runtime/ok.ts', imports('@openai/agents/testing')],
  ['bff/serve/worker-thread.ts', imports('../upstream/count-tokens.ts')],
  ['bff/db/open.ts', imports('better-sqlite3')],
  ['bff/upstream/ok.test.ts', imports('@openai/agents/testing')],
  ['bff/runs/ok.test.ts', imports('better-sqlite3')],
]

let copy: string
let found: { file: string; message: string }[]

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'tally-layers-'))
  await cp(join(root, 'oxlint.config.ts'), join(copy, 'oxlint.config.ts'))
  await writeFile(join(copy, 'package.json'), '{"type":"module"}')
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
  for (const [file, source] of [...forbidden, ...allowed]) {
    await mkdir(dirname(join(copy, file)), { recursive: true })
    await writeFile(join(copy, file), source)
  }
  found = await lint()
})

afterAll(() => rm(copy, { recursive: true, force: true }))

// oxlint exits 1 when it finds something, as it should here.
async function lint(): Promise<typeof found> {
  const args = [join(root, 'node_modules/oxlint/bin/oxlint'), '--format=json', ...folders]
  const stdout = await new Promise<string>((resolve) => {
    execFile(process.execPath, args, { cwd: copy }, (_error, output) => resolve(output))
  })
  return z.parse(Report, JSON.parse(stdout)).diagnostics.map(({ filename, message, help }) => ({
    file: filename,
    message: `${message} ${help ?? ''}`,
  }))
}

const complaints = (file: string) =>
  found.filter((one) => one.file === file).map((one) => one.message)

test.each(forbidden)('%s may not hold %j', (file, _source, why) => {
  expect(complaints(file)).toEqual([expect.stringContaining(why)])
})

test.each(allowed)('%s may hold %j', (file) => {
  expect(complaints(file)).toEqual([])
})
