// The examples of docs/agents.md: compiled together, loaded, and run.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { checkAgents } from '../runtime/check-agents.ts'
import type { AgentDefinition } from '../runtime/define-agent.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const GUIDE = readFileSync(join(ROOT, 'docs', 'agents.md'), 'utf8')
const BLOCK = /^```\w+\n(?:\/\/|<!--) (bff\/\S+)(?: -->)?\n([^]*?)^```$/gm

/** A copy of the tree by links, with the examples in it as they stand on the page. */
function withExamples(): string {
  const folder = temporaryFolder()
  const link = (path: string) => symlinkSync(join(ROOT, path), join(folder, path))
  mkdirSync(join(folder, 'bff', 'agents'), { recursive: true })
  for (const path of ['node_modules', 'shared', 'package.json', 'bff/runtime', 'bff/upstream']) {
    link(path)
  }
  for (const name of readdirSync(join(ROOT, 'bff', 'agents'))) link(join('bff', 'agents', name))
  for (const [, path = '', text = ''] of GUIDE.matchAll(BLOCK)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

function examples(): string[] {
  return [...GUIDE.matchAll(BLOCK)].map(([, path = '']) => path)
}

async function load(folder: string, path: string): Promise<Record<string, unknown>> {
  return import(pathToFileURL(join(folder, path)).href)
}

test('every example has a file, and the types of all fit', { timeout: 120_000 }, () => {
  expect(examples().length).toBe([...GUIDE.matchAll(/^```(ts|md)$/gm)].length)
  const folder = withExamples()
  const config = {
    extends: join(ROOT, 'bff', 'tsconfig.json'),
    compilerOptions: { noEmit: true },
    include: examples().filter((path) => path.endsWith('.ts')),
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const compiler = join(ROOT, 'node_modules', '.bin', 'tsc')
  const compile = () => execFileSync(compiler, ['-p', folder], { encoding: 'utf8' })
  expect(compile).not.toThrow()
})

test('the agents of the examples are a team, and its tools work', async () => {
  const folder = withExamples()
  const { desk } = await load(folder, 'bff/agents/desk/agent.ts')
  const { librarian } = await load(folder, 'bff/agents/librarian/agent.ts')
  const { cataloguer } = await load(folder, 'bff/agents/cataloguer/agent.ts')
  const team = [desk, librarian, cataloguer] as AgentDefinition[]
  expect(() => checkAgents(team)).not.toThrow()
  expect(() => checkAgents(team.slice(0, 1))).toThrow(/librarian/)
  expect(team[1]?.instructions).toBe('You lend books. Look a book up before you lend it.')

  const { lendTwice } = await load(folder, 'bff/agents/librarian/lend-twice.ts')
  const loans = await (lendTwice as () => Promise<{ of: (user: string) => unknown[] }>)()
  expect(loans.of('local')).toEqual([{ user: 'local', title: 'Momo', copies: 1 }])
})
