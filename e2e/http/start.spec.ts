import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '../fixtures.ts'
import { Tally } from '../tally.ts'

const refusals = [
  ['a port that is no number', { PORT: 'eighty' }, /PORT/],
  ['an address that others can reach', { HOST: '0.0.0.0' }, /HOST.*login/],
  ['an API kind that does not exist', { OPENAI_API_KEY: 'k', OPENAI_API: 'soap' }, /OPENAI_API/],
  ['a base URL that is none', { OPENAI_BASE_URL: 'localhost:1234' }, /OPENAI_BASE_URL/],
  ['a data folder that cannot be made', { DATA_DIR: '/dev/null/data' }, /DATA_DIR|\/dev\/null/],
  ['a file of providers that is missing', { TALLY_PROVIDERS: './no.json' }, /TALLY_PROVIDERS/],
] as const

for (const [what, env, sentence] of refusals) {
  test(`${what} is one clear line and exit code 1`, async () => {
    const { code, output } = await Tally.refused(env)

    expect(code).toBe(1)
    expect(output.trim()).toMatch(sentence)
    expect(output.trim().split('\n')).toHaveLength(1)
  })
}

test('a port in use is one clear line and exit code 1', async ({ tally }) => {
  const { port } = new URL(tally.url)
  await expectRefusal({ PORT: port }, new RegExp(port))
})

test('a data folder in use by another server is one clear line and exit code 1', async ({
  tally,
}) => {
  await expectRefusal({ DATA_DIR: tally.dataDir }, /another|in use/i)
  expect(tally.isRunning).toBe(true)
})

test('a database of another program is refused and left unchanged', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'tally-e2e-'))
  await writeFile(path.join(folder, 'tally.db'), 'These are not the bytes of a database.')
  await expectRefusal({ DATA_DIR: folder }, /tally\.db/)
  await rm(folder, { recursive: true })
})

async function expectRefusal(env: Record<string, string>, sentence: RegExp): Promise<void> {
  const { code, output } = await Tally.refused(env)
  expect(code).toBe(1)
  expect(output.trim()).toMatch(sentence)
  expect(output.trim().split('\n')).toHaveLength(1)
}
