import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../testing/temporary-database.ts'
import { type KeyFile, type KeyFileOptions, openKeyFile } from './key-file.ts'

const OWNER = { providerId: 'p1', origin: 'https://api.example.com' }
const KEY = 'sk-very-secret-0123456789'
const AT = '2026-11-20T08:00:00.000Z'

function keyFile() {
  const folder = temporaryFolder()
  const file = join(folder, 'keys.json')
  const notes: string[] = []
  const open = (changes: Partial<KeyFileOptions> = {}): Promise<KeyFile> =>
    openKeyFile({
      file,
      secret: null,
      isLocal: true,
      now: () => new Date(AT),
      onNote: (sentence) => notes.push(sentence),
      ...changes,
    })
  const text = () => readFileSync(file, 'utf8')
  const mode = () => (statSync(file).mode & 0o777).toString(8)
  return { folder, file, notes, open, text, mode }
}

test('a key survives a restart, for its origin only, in a file only its owner can read', async () => {
  const { folder, open, mode } = keyFile()
  await (await open()).put(OWNER, KEY)

  const keys = await open()
  expect(keys.read(OWNER)).toEqual({ key: KEY, setAt: AT, problem: null })
  for (const origin of ['http://api.example.com', 'https://api.example.com:8443', 'https://x.com'])
    expect(keys.read({ ...OWNER, origin })).toBeNull()
  expect(keys.read({ ...OWNER, providerId: 'p2' })).toBeNull()
  expect(mode()).toBe('600')
  expect(readdirSync(folder)).toEqual(['keys.json'])
})

test('dropping a key keeps the others', async () => {
  const { open, text } = keyFile()
  const keys = await open()
  const other = { ...OWNER, providerId: 'p2' }
  await Promise.all([keys.put(OWNER, KEY), keys.put(other, 'another')])
  await keys.drop('p1')

  expect(text()).not.toContain(KEY)
  expect((await open()).read(OWNER)).toBeNull()
  expect((await open()).read(other)?.key).toBe('another')
})

test('a file that others can read is made private, and the log says so', async () => {
  const { file, notes, open, mode } = keyFile()
  await (await open()).put(OWNER, KEY)
  chmodSync(file, 0o644)

  expect((await open()).read(OWNER)?.key).toBe(KEY)
  expect(mode()).toBe('600')
  expect(notes).toEqual([expect.stringMatching(/could be read by others/)])
})

test('with a secret the file has no plain key, and each write differs', async () => {
  const { open, text } = keyFile()
  const secret = randomBytes(32)
  const keys = await open({ secret })
  await keys.put(OWNER, KEY)
  const first = text()
  await keys.put(OWNER, KEY)

  expect(first + text()).not.toContain(KEY)
  expect(first).not.toBe(text())
  expect((await open({ secret })).read(OWNER)?.key).toBe(KEY)
})

test('a secret that is set later encrypts existing keys', async () => {
  const { open, text } = keyFile()
  await (await open()).put(OWNER, KEY)
  const secret = randomBytes(40)
  await open({ secret })

  expect(text()).not.toContain(KEY)
  expect((await open({ secret })).read(OWNER)).toEqual({ key: KEY, setAt: AT, problem: null })
})

test.each([
  ['another secret', randomBytes(32), /another secret/],
  ['no secret', null, /APP_SECRET_FILE is not set/],
])('with %s a key cannot be read, says so once, and is not lost', async (_, wrong, words) => {
  const { notes, open } = keyFile()
  const secret = randomBytes(32)
  await (await open({ secret })).put(OWNER, KEY)

  const keys = await open({ secret: wrong })
  expect(keys.read(OWNER)).toEqual({
    key: null,
    setAt: AT,
    problem: expect.stringMatching(words),
  })
  expect(notes).toEqual([expect.stringMatching(words)])
  await keys.put({ ...OWNER, providerId: 'p2' }, 'another')
  expect((await open({ secret })).read(OWNER)?.key).toBe(KEY)
})

test('an encrypted key cannot be decrypted for another provider or origin', async () => {
  const { file, open, text } = keyFile()
  const secret = randomBytes(32)
  await (await open({ secret })).put(OWNER, KEY)
  const sealed = text()

  writeFileSync(file, sealed.replace('"p1"', '"p2"'))
  const elsewhere = { ...OWNER, providerId: 'p2' }
  expect((await open({ secret })).read(elsewhere)).toMatchObject({ key: null })
  writeFileSync(file, sealed.replace('api.example.com', 'evil.example'))
  const evil = { ...OWNER, origin: 'https://evil.example' }
  expect((await open({ secret })).read(evil)).toMatchObject({ key: null })
})

test('if others can reach this Tally, keys are stored only with a secret', async () => {
  const { folder, open } = keyFile()
  const keys = await open({ isLocal: false })
  await expect(keys.put(OWNER, KEY)).rejects.toMatchObject({ code: 'keys_not_kept' })
  expect(readdirSync(folder)).toEqual([])
  await expect(
    (await open({ isLocal: false, secret: randomBytes(32) })).put(OWNER, KEY),
  ).resolves.toBeUndefined()
})

test('a file with unknown content is refused and left unchanged', async () => {
  const { file, open, text } = keyFile()
  writeFileSync(file, '{"version": 2, "keys": {}}')
  await expect(open()).rejects.toThrow(/keys\.json .* put a good copy back/)
  expect(text()).toContain('"version": 2')
})

test('a change that cannot be written is not applied', async () => {
  const { file, open, text } = keyFile()
  const keys = await open()
  await keys.put(OWNER, KEY)
  // A folder is in the way of the new file.
  mkdirSync(join(`${file}.new`, 'inside'), { recursive: true })
  await expect(keys.drop('p1')).rejects.toMatchObject({ code: 'unavailable' })
  expect(keys.read(OWNER)?.key).toBe(KEY)
  expect(text()).toContain(KEY)
})

test('an incomplete file from a crash is ignored', async () => {
  const { file, open, mode } = keyFile()
  await (await open()).put(OWNER, KEY)
  writeFileSync(`${file}.new`, '{"version": 1, "ke', { mode: 0o644 })

  const keys = await open()
  expect(keys.read(OWNER)?.key).toBe(KEY)
  await keys.put(OWNER, 'newer')
  expect((await open()).read(OWNER)?.key).toBe('newer')
  expect(mode()).toBe('600')
})
