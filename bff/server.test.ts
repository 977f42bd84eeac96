// The real process: how it starts, refuses to start, and ends.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import BetterSqlite3 from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest'

const SERVER = join(import.meta.dirname, 'server.ts')

/** As `npm start` sets it: each start compiles only what has changed. */
const COMPILED = join(import.meta.dirname, '../node_modules/.cache/compiled')

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'tally-server-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

const children: ChildProcess[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

function run(env: Record<string, string>, cwd = folder()) {
  const child = spawn(process.execPath, [SERVER], {
    cwd,
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: COMPILED,
      PORT: '0',
      TALLY_DISCOVER: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  return child
}

async function started(env: Record<string, string> = {}, cwd?: string) {
  const child = run(env, cwd)
  const lines: string[] = []
  child.stdout.setEncoding('utf8')
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    lines.push(String(chunk))
    const address = /^Tally is at (http:\S+)$/m.exec(lines.join(''))?.[1]
    if (address !== undefined) return { child, address, printed: () => lines.join('') }
  }
  throw new Error(`It did not start: ${await text(child.stderr)}`)
}

async function refused(env: Record<string, string>, cwd?: string): Promise<string> {
  const child = run(env, cwd)
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toMatch(/^[^\n]+\n$/)
  return err
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null) await once(child, 'exit')
  return child.exitCode
}

test('it prints its address, answers there, and keeps its data to its user', async () => {
  const cwd = folder()
  const { child, address, printed } = await started({}, cwd)
  const answer = await fetch(`${address}/api/health`)

  expect(await answer.json()).toEqual({ status: 'ok', version: expect.stringMatching(/^\d+\./) })
  expect(printed().match(/Tally is at/g)).toHaveLength(1)
  expect(statSync(join(cwd, 'data')).mode & 0o777).toBe(0o700)
  child.kill('SIGTERM')
  expect(await ended(child)).toBe(0)
})

test('SIGINT ends it cleanly too, with a connection open', async () => {
  const { child, address } = await started()
  const answer = await fetch(`${address}/api/health`)
  child.kill('SIGINT')

  expect(await ended(child)).toBe(0)
  await answer.body?.cancel()
})

test('a connection that never finishes its request does not keep it', async () => {
  const { child, address } = await started()
  const socket = connect(Number(new URL(address).port), '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.on('error', () => {}).write('GET /api/health HTTP/1.1\r\n')
  await fetch(`${address}/api/health`)
  child.kill('SIGTERM')

  expect(await ended(child)).toBe(0)
})

test('settings stand in .env as well', async () => {
  const cwd = folder()
  writeFileSync(join(cwd, '.env'), 'DATA_DIR=./elsewhere\nPORT=1\n')
  await started({ PORT: '0' }, cwd)

  expect(statSync(join(cwd, 'elsewhere', 'tally.db')).size).toBeGreaterThan(0)
})

test('a bad setting is one line and exit code 1', async () => {
  expect(await refused({ PORT: 'eighty' })).toMatch(/^PORT: must be a whole number/)
})

test('a bind beyond loopback is one line and exit code 1', async () => {
  expect(await refused({ HOST: '0.0.0.0' })).toMatch(/^HOST: .*no login/)
})

test('a port in use is one line and exit code 1', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const address = other.address()
  const port = typeof address === 'object' ? String(address?.port) : ''

  expect(await refused({ PORT: port })).toBe(
    `Port ${port} is in use: stop the other program, or set PORT.\n`,
  )
})

test('a data folder that cannot be made is one line and exit code 1', async () => {
  const cwd = folder()
  writeFileSync(join(cwd, 'file'), '')

  expect(await refused({ DATA_DIR: './file/data' }, cwd)).toMatch(/data folder .* DATA_DIR/)
})

test('a data folder in use is one line and exit code 1, and the first goes on', async () => {
  const cwd = folder()
  const { address } = await started({}, cwd)

  expect(await refused({}, cwd)).toMatch(/^Another Tally is running/)
  expect((await fetch(`${address}/api/health`)).status).toBe(200)
})

/** The data of a server that ended well. */
const WHOLE = mkdtempSync(join(tmpdir(), 'tally-server-'))
beforeAll(async () => {
  const { child } = await started({}, WHOLE)
  child.kill('SIGTERM')
  await ended(child)
})
afterAll(() => rmSync(WHOLE, { recursive: true, force: true }))

test.each([
  ['keys.json that is a folder', (data: string) => mkdirSync(join(data, 'keys.json'))],
  [
    'keys.json of something else',
    (data: string) => writeFileSync(join(data, 'keys.json'), '[1]', { mode: 0o600 }),
  ],
  ['a database that is gone', (data: string) => rmSync(join(data, 'tally.db'))],
  ['a row that cannot be read', (data: string) => change(data, BAD_ROW)],
  ['a table that is gone', (data: string) => change(data, 'drop table search_queue')],
  [
    'a column that is gone',
    (data: string) => change(data, 'alter table budgets rename limit_tokens to x'),
  ],
  ['a statement that is refused', (data: string) => change(data, BROKEN_TRIGGER)],
])('%s is one line with what to do and exit code 1', async (_, breakIt) => {
  const cwd = folder()
  cpSync(WHOLE, cwd, { recursive: true })
  breakIt(join(cwd, 'data'))

  expect(await refused({}, cwd)).toMatch(/restore|move it away|put it back|report/)
})

const BAD_ROW = `
  insert into price_overrides (id, version, created_at, definition)
  values ('p1', 1, '2026-01-01T00:00:00.000Z', '{"no":"price"}')`
const BROKEN_TRIGGER = `
  insert into run_journal (number, events) values (1, '[["r", 1, "run", "{}"]]');
  create trigger broken before delete on run_journal begin select raise(abort, 'no'); end`

function change(data: string, sql: string): void {
  const sqlite = new BetterSqlite3(join(data, 'tally.db'))
  sqlite.exec(sql)
  sqlite.close()
}

test('a file that is no database is one line and exit code 1', async () => {
  const cwd = folder()
  mkdirSync(join(cwd, 'data'))
  writeFileSync(join(cwd, 'data', 'tally.db'), 'x'.repeat(4096))

  expect(await refused({}, cwd)).toMatch(/is not a database/)
})
