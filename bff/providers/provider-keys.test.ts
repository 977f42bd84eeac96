import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Conversation } from '#shared/api.ts'
import type { Script } from '../../e2e/fake-upstream.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import { startForTest } from '../testing/start-tally.ts'
import { add, KEY, say, upstream } from '../testing/added-providers.ts'

const OTHER_KEY = 'sk-other-secret-987654321'

describe('a key', () => {
  test('is dropped when the origin changes, and kept by any other change', async () => {
    const [one, two] = [await upstream(), await upstream()]
    const tally = await startForTest()
    await add(tally, { name: 'mine', baseUrl: one.baseUrl, key: KEY, defaultModel: 'big' })
    const path = '/api/providers/mine'
    const moved = one.baseUrl.replace('/v1', '/other/v1')
    expect((await tally.send('PATCH', path, { baseUrl: moved })).json).toMatchObject({
      keySource: 'stored',
    })
    expect((await tally.send('PATCH', path, { baseUrl: two.baseUrl })).json).toMatchObject({
      keySource: 'none',
      keySetAt: null,
    })
    expect(readFileSync(join(tally.folder, 'keys.json'), 'utf8')).not.toContain(KEY)
    await say(tally)
    expect(two.calls[0]?.headers.authorization).toBeUndefined()

    await tally.send('PATCH', path, { baseUrl: one.baseUrl, key: OTHER_KEY })
    await say(tally)
    expect(one.calls.at(-1)?.headers.authorization).toBe(`Bearer ${OTHER_KEY}`)
  })

  test('is set and removed separately', async () => {
    const fake = await upstream()
    const tally = await startForTest()
    await add(tally, { name: 'my box', baseUrl: fake.baseUrl, defaultModel: 'big' })
    const path = '/api/providers/my%20box/key'
    expect((await tally.send('PUT', path, { key: KEY })).json).toMatchObject({
      keySource: 'stored',
    })
    await say(tally)
    expect((await tally.send('DELETE', path, {})).json).toMatchObject({ keySource: 'none' })
    await say(tally)
    const sent = fake.calls.map(({ headers }) => headers.authorization)
    expect(sent).toEqual([`Bearer ${KEY}`, undefined])
    expect((await tally.send('PUT', path, { key: '' })).json).toMatchObject({
      detail: expect.stringMatching(/key: must not be empty/),
    })
  })

  test('is in no response, no log and, if encrypted, in no file', async () => {
    const fake = await upstream(['big'], [
      { status: 401, body: { error: { message: `Incorrect API key provided: ${KEY}` } } },
      { parts: [{ text: 'Hi' }] },
    ] as Script)
    const folder = temporaryFolder()
    const secretFile = join(temporaryFolder(), 'secret')
    writeFileSync(secretFile, `${randomBytes(32).toString('hex')}\n`)
    const tally = await startForTest({ APP_SECRET_FILE: secretFile }, folder)
    await add(tally, { name: 'mine', baseUrl: fake.baseUrl, key: KEY })
    const path = '/api/providers/mine'
    await say(tally)
    await say(tally)
    await tally.send('PUT', `${path}/key`, { key: `${KEY} ` })
    await tally.send('PUT', `${path}/key`, { key: `${KEY} and more` })
    await tally.send('POST', '/api/providers', { name: 'mine', baseUrl: 'x', key: KEY })
    await tally.send('PATCH', path, { maxRetries: 0, key: KEY })
    for (const read of ['/api/providers', '/api/models', '/api/settings', `${path}/models`])
      await tally.send('GET', read)
    await tally.send('GET', '/api/usage/export.csv').catch(() => {})
    await tally.stop()

    expect(tally.answers.length).toBeGreaterThan(12)
    expect(tally.answers.join('\n')).not.toContain(KEY)
    expect(tally.log.join('\n')).not.toContain(KEY)
    for (const name of readdirSync(folder))
      expect(readFileSync(join(folder, name)).includes(KEY), name).toBe(false)
    expect(readdirSync(folder)).toContain('keys.json')
  })

  test('that cannot be read is reported, and no request is sent without it', async () => {
    const fake = await upstream()
    const folder = temporaryFolder()
    const secretFile = join(folder, 'secret')
    writeFileSync(secretFile, randomBytes(32).toString('hex'))
    const before = await startForTest({ APP_SECRET_FILE: secretFile }, folder)
    await add(before, { name: 'mine', baseUrl: fake.baseUrl, key: KEY, defaultModel: 'big' })
    await before.stop()

    const tally = await startForTest({}, folder)
    expect(tally.log.join('\n')).toMatch(/keys that cannot be read \(1\)/)
    const { json } = await tally.send('GET', '/api/providers')
    expect(json).toMatchObject({
      items: [{ keySource: 'stored', keyProblem: expect.stringMatching(/APP_SECRET_FILE/) }],
    })
    const { id } = Conversation.parse((await tally.send('POST', '/api/conversations', {})).json)
    const run = await tally.send('POST', `/api/conversations/${id}/runs`, { text: 'Hello' })
    expect(run).toMatchObject({ status: 409, json: { code: 'key_unreadable' } })
    expect(fake.calls).toHaveLength(0)
  })
})
