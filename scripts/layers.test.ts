// Every layer rule is broken on purpose in a copy of the tree: a rule that stops firing fails here.
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
  ['shared/c.ts', imports('../bff/problem.ts'), 'imports zod and itself'],
  ['web/a.tsx', imports('../bff/problem.ts'), 'web and bff never'],
  ['web/chat/a.ts', imports('../../bff/runs/start-run.ts'), 'web and bff never'],
  ['web/chat/b.ts', imports('hono'), 'runs on the server'],
  ['web/chat/c.ts', imports('../usage/usage-page.tsx'), 'meet in app.tsx'],
  ['web/chat/d.ts', imports('../app.tsx'), 'stands on top'],
  ['web/chat/e.ts', 'export const get = () => fetch("/api/health")\n', 'Only web/api'],
  ['web/chat/f.ts', 'export const get = () => window.fetch("/api/health")\n', 'Only web/api'],
  ['web/chat/g.ts', 'export const open = () => new EventSource("/api")\n', 'Only web/api'],
  ['web/transcript/a.ts', imports('../chat/chat-page.tsx'), 'below the pages'],
  ['web/markdown/a.ts', imports('../transcript/transcript.tsx'), 'draws text'],
  ['web/ui/a.ts', imports('../markdown/markdown.tsx'), 'knows no chat'],
  ['web/ui/b.ts', imports('../api/request.ts'), 'knows no chat'],
  ['web/api/a.ts', imports('../ui/button.tsx'), 'draws nothing'],
  ['web/api/b.ts', imports('openai'), 'runs on the server'],
  ['bff/app.ts', imports('../web/app.tsx'), 'web and bff never'],
  ['bff/server.ts', imports('@openai/agents'), 'Only bff/agent knows the SDK'],
  ['bff/gate.ts', imports('kysely'), 'SQL stays'],
  ['bff/config.ts', imports('hono'), 'HTTP stays at the edge'],
  ['bff/problem.ts', imports('./runs/start-run.ts'), 'below the rooms'],
  ['bff/runs/a.ts', imports('openai'), 'Only bff/agent knows the SDK'],
  ['bff/runs/b.ts', imports('@openai/agents/testing'), 'Only bff/agent knows the SDK'],
  ['bff/runs/c.ts', imports('hono'), 'HTTP stays at the edge'],
  ['bff/runs/d.ts', imports('@hono/node-server'), 'HTTP stays at the edge'],
  ['bff/runs/e.ts', imports('better-sqlite3'), 'SQL stays'],
  ['bff/runs/f.ts', imports('../server.ts'), 'below the app'],
  ['bff/runs/routes.ts', imports('kysely'), 'SQL stays'],
  ['bff/runs/event-log.ts', imports('hono'), 'HTTP stays at the edge'],
  [
    'bff/conversations/store.ts',
    imports('../runs/start-run.ts'),
    'conversations stands on no other room',
  ],
  ['bff/context/a.ts', imports('../runs/start-run.ts'), 'context stands on conversations, ledger'],
  ['bff/ledger/a.ts', imports('../runs/start-run.ts'), 'ledger stands on no other room'],
  [
    'bff/ledger/usage-store.ts',
    imports('../conversations/store.ts'),
    'ledger stands on no other room',
  ],
  ['bff/providers/a.ts', imports('../ledger/store.ts'), 'providers stands on no other room'],
  [
    'bff/checks/a.ts',
    imports('../runs/start-run.ts'),
    'checks stands on providers, budgets, ledger',
  ],
  ['bff/reconcile/a.ts', imports('../runs/start-run.ts'), 'reconcile stands on ledger'],
  ['bff/reconcile/b.ts', imports('kysely'), 'SQL stays'],
  ['bff/ledger/b.ts', imports('../reconcile/compare.ts'), 'ledger stands on no other room'],
  ['bff/providers/b.ts', imports('../checks/checks.ts'), 'providers stands on no other room'],
  ['bff/agent/a.ts', imports('../runs/event-log.ts'), 'agent knows no store'],
  ['bff/agent/b.ts', imports('../db/open.ts'), 'agent knows no store'],
  ['bff/agent/deep/c.ts', imports('../../ledger/store.ts'), 'agent knows no store'],
  ['bff/agent/d.ts', imports('hono'), 'HTTP stays at the edge'],
  ['bff/db/a.ts', imports('../runs/store.ts'), 'lowest room'],
  ['bff/db/b.ts', imports('../agent/types.ts'), 'lowest room'],
  ['bff/worker/a.ts', imports('./worker.ts'), 'asked through its client'],
  ['bff/worker/b.ts', imports('kysely'), 'SQL stays'],
  ['bff/runs/a.test.ts', imports('@openai/agents'), 'Only bff/agent knows the SDK'],
  ['bff/agent/a.test.ts', imports('../../web/app.tsx'), 'web and bff never'],
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
  ['bff/static.ts', imports('hono')],
  ['bff/request.ts', imports('hono')],
  ['bff/runs/ok.ts', imports('../conversations/store.ts')],
  ['bff/ledger/routes.ts', imports('hono')],
  ['bff/ledger/store.ts', imports('kysely')],
  ['bff/agent/ok.ts', imports('@openai/agents')],
  ['bff/db/open.ts', imports('better-sqlite3')],
  ['bff/agent/ok.test.ts', imports('@openai/agents/testing')],
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
