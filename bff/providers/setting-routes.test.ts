import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AppSettings } from '#shared/provider-settings.ts'
import { startForTest } from '../testing/start-tally.ts'
import { add, KEY, models, say, upstream } from '../testing/added-providers.ts'

describe('an added provider', () => {
  test('replaces the demo at once, and answers with its key', async () => {
    const fake = await upstream()
    const tally = await startForTest()
    expect((await models(tally)).default?.provider).toBe('demo')
    const info = await add(tally, { name: 'mine', baseUrl: `${fake.baseUrl}/`, key: ` ${KEY} ` })
    expect(info).toMatchObject({
      name: 'mine',
      kind: 'configured',
      baseUrl: fake.baseUrl,
      api: 'chat_completions',
      keySource: 'stored',
      keySetAt: expect.stringMatching(/Z$/),
      keyProblem: null,
      setBy: null,
      editable: true,
      ownDefaultModel: null,
    })
    const list = await models(tally)
    expect(list.items.map(({ name }) => name)).toEqual(['mine'])
    expect(list.default).toEqual({ provider: 'mine', model: 'big' })

    expect(await say(tally)).toMatchObject({ status: 'completed', provider: 'mine', model: 'big' })
    expect(fake.calls[0]?.headers.authorization).toBe(`Bearer ${KEY}`)
  })

  test('survives a restart, with its key', async () => {
    const fake = await upstream()
    const before = await startForTest()
    await add(before, { name: 'mine', baseUrl: fake.baseUrl, defaultModel: 'small', key: KEY })
    await before.stop()

    const tally = await startForTest({}, before.folder)
    expect(await say(tally)).toMatchObject({ provider: 'mine', model: 'small' })
    expect(fake.calls[0]?.headers.authorization).toBe(`Bearer ${KEY}`)
  })

  test('is changed: omitted fields stay, and its models are loaded again', async () => {
    const [one, two] = [await upstream(['old']), await upstream(['new'])]
    const tally = await startForTest()
    await add(tally, { name: 'mine', baseUrl: one.baseUrl, models: ['extra'], maxRetries: 5 })
    expect((await models(tally)).items[0]?.models.map(({ id }) => id)).toEqual(['extra', 'old'])

    const changes = { baseUrl: two.baseUrl, defaultModel: 'new' }
    const { json } = await tally.send('PATCH', '/api/providers/mine', changes)
    expect(json).toMatchObject({ ownDefaultModel: 'new', models: ['extra'], maxRetries: 5 })
    expect((await models(tally)).items[0]?.models.map(({ id }) => id)).toEqual(['new', 'extra'])
  })

  test('is changed during a run, which continues at the old address', async () => {
    const tally = await startForTest()
    const two = await upstream(['big'])
    const call = { name: 'calculate', arguments: { expression: '1 + 1' } }
    const one = await upstream(['big'], async ({ index }) => {
      if (index > 0) return { parts: [{ text: 'Two.' }] }
      const moved = { baseUrl: two.baseUrl, defaultModel: 'big' }
      expect((await tally.send('PATCH', '/api/providers/mine', moved)).status).toBe(200)
      return { parts: [{ call }] }
    })
    await add(tally, { name: 'mine', baseUrl: one.baseUrl, defaultModel: 'big', key: KEY })

    expect(await say(tally)).toMatchObject({ status: 'completed' })
    expect(one.calls.map(({ headers }) => headers.authorization)).toEqual(
      [0, 1].map(() => `Bearer ${KEY}`),
    )
    expect(await say(tally)).toMatchObject({ status: 'completed' })
    expect(two.calls.map(({ headers }) => headers.authorization)).toEqual([undefined])
  })

  test('is removed: its conversations and costs stay, and the next message says so', async () => {
    const fake = await upstream()
    const tally = await startForTest()
    await add(tally, { name: 'mine', baseUrl: fake.baseUrl, key: KEY })
    const { conversationId } = await say(tally, { provider: 'mine', model: 'big' })
    expect((await tally.send('DELETE', '/api/providers/mine', {})).status).toBe(204)

    expect((await models(tally)).default?.provider).toBe('demo')
    expect(readFileSync(join(tally.folder, 'keys.json'), 'utf8')).not.toContain(KEY)
    const again = await tally.send('POST', `/api/conversations/${conversationId}/runs`, {
      text: 'Still there?',
    })
    expect(again).toMatchObject({
      status: 400,
      json: { code: 'provider_not_found', detail: expect.stringMatching(/choose another model/) },
    })
    const usage = await tally.send('GET', '/api/usage/summary?by=provider')
    expect(usage.json).toMatchObject({ groups: [{ key: 'mine', totals: { calls: 1 } }] })
    // The same name again is another provider, which does not inherit the key.
    const info = await add(tally, { name: 'mine', baseUrl: fake.baseUrl })
    expect(info.keySource).toBe('none')
  })

  test('can be asked for its models at any time, even after a failure', async () => {
    const fake = await upstream(['big'])
    const tally = await startForTest()
    await add(tally, { name: 'mine', baseUrl: fake.baseUrl })
    const test = () => tally.send('GET', '/api/providers/mine/models')
    expect((await test()).json).toMatchObject({ problem: null, models: [{ id: 'big' }] })
    await fake.close()
    expect((await test()).json).toMatchObject({
      problem: expect.stringMatching(/cannot be reached/),
    })
    expect((await tally.send('GET', '/api/providers/nobody/models')).status).toBe(404)
  })

  test.each([
    [{ name: '../etc' }, /name: must be up to 60/],
    [{ name: 'x'.repeat(61) }, /name: /],
    [{ baseUrl: 'localhost:11434' }, /base URL must begin with http/],
    [{ baseUrl: 'https://ann:pass@example.com' }, /user or a password/],
    [{ baseUrl: 'http://169.254.169.254/v1' }, /no provider can be/],
    [{ api: 'grpc' }, /api: /],
    [{ maxRetries: 11 }, /maxRetries: /],
    [{ key: 'sk with spaces' }, /key: holds a space/],
    [{ headers: { authorization: 'Bearer x' } }, /headers/],
  ])('with %j is refused, and says what is wrong', async (wrong, words) => {
    const tally = await startForTest()
    const good = { name: 'mine', baseUrl: 'http://127.0.0.1:9/v1' }
    const { status, json } = await tally.send('POST', '/api/providers', { ...good, ...wrong })
    expect(status).toBe(400)
    expect(json).toMatchObject({ detail: expect.stringMatching(words) })
    expect((await models(tally)).items.map(({ name }) => name)).toEqual(['demo'])
  })

  test('has a unique name', async () => {
    const tally = await startForTest({ OPENAI_API_KEY: 'sk-env', OPENAI_MODEL: 'gpt-5' })
    const address = { baseUrl: 'http://127.0.0.1:9/v1' }
    await add(tally, { name: 'mine', ...address })
    for (const name of ['openai', 'OpenAI', 'Mine', 'demo']) {
      const { status, json } = await tally.send('POST', '/api/providers', { name, ...address })
      expect([status, json]).toMatchObject([409, { code: 'provider_exists' }])
    }
    const both = ['twin', 'twin'].map((name) =>
      tally.send('POST', '/api/providers', { name, ...address }),
    )
    const statuses = (await Promise.all(both)).map(({ status }) => status)
    expect(statuses).toEqual(expect.arrayContaining([201, 409]))
  })
})

describe('a provider from the environment', () => {
  const ENV = { OPENAI_API_KEY: 'sk-env', OPENAI_MODEL: 'gpt-5' }

  test('is shown as such, and cannot be changed here', async () => {
    const tally = await startForTest(ENV)
    const { json } = await tally.send('GET', '/api/providers')
    expect(json).toMatchObject({
      items: [
        { name: 'openai', setBy: 'OPENAI_API_KEY', editable: false, ownDefaultModel: 'gpt-5' },
      ],
    })
    for (const [method, path, body] of [
      ['PATCH', '/api/providers/openai', { maxRetries: 1 }],
      ['DELETE', '/api/providers/openai', {}],
      ['PUT', '/api/providers/openai/key', { key: KEY }],
      ['DELETE', '/api/providers/openai/key', {}],
      ['PATCH', '/api/providers/demo', {}],
    ] as const) {
      const { status, json: problem } = await tally.send(method, path, body)
      expect([status, problem]).toMatchObject([409, { code: 'provider_fixed' }])
    }
    const { json: problem } = await tally.send('DELETE', '/api/providers/openai', {})
    expect(problem).toMatchObject({
      detail: expect.stringMatching(/OPENAI_API_KEY in the environ/),
    })
  })

  test('sets the default model', async () => {
    const tally = await startForTest(ENV)
    const { json } = await tally.send('GET', '/api/settings')
    expect(AppSettings.parse(json)).toEqual({
      defaultModel: { provider: 'openai', model: 'gpt-5' },
      defaultModelSetBy: 'OPENAI_MODEL',
      summarizeAbovePercent: null,
      favoriteModels: [],
      instructions: null,
      language: 'auto',
      keysEncrypted: false,
    })
    const other = { defaultModel: { provider: 'openai', model: 'gpt-4.1' } }
    expect(await tally.send('PUT', '/api/settings', other)).toMatchObject({
      status: 409,
      json: { detail: expect.stringMatching(/^OPENAI_MODEL in the environment/) },
    })
  })
})

test('the default model is chosen, survives a restart, and is removed with its provider', async () => {
  const [one, two] = [await upstream(['a']), await upstream(['b', 'c'])]
  const before = await startForTest()
  await add(before, { name: 'one', baseUrl: one.baseUrl })
  await add(before, { name: 'two', baseUrl: two.baseUrl })
  expect((await models(before)).default).toEqual({ provider: 'one', model: 'a' })
  const chosen = { provider: 'two', model: 'c' }
  const put = await before.send('PUT', '/api/settings', { defaultModel: chosen })
  expect(put.json).toMatchObject({ defaultModel: chosen, defaultModelSetBy: null })
  await before.stop()

  const tally = await startForTest({}, before.folder)
  expect((await models(tally)).default).toEqual(chosen)
  expect(await say(tally)).toMatchObject(chosen)
  const nobody = { defaultModel: { provider: 'nobody', model: 'x' } }
  expect((await tally.send('PUT', '/api/settings', nobody)).json).toMatchObject({
    code: 'provider_not_found',
  })

  await tally.send('DELETE', '/api/providers/two', {})
  expect((await models(tally)).default).toEqual({ provider: 'one', model: 'a' })
  expect((await tally.send('GET', '/api/settings')).json).toMatchObject({ defaultModel: null })
})

test('favourite models are kept in their order, and marked where models are listed', async () => {
  const fake = await upstream(['big', 'small'])
  const before = await startForTest()
  await add(before, { name: 'mine', baseUrl: fake.baseUrl })
  const mark = (tally: typeof before, provider: string, model: string, favorite = true) =>
    tally.send('PUT', '/api/settings/favorite-model', { provider, model, favorite })
  const kept = async (tally: typeof before) =>
    AppSettings.parse((await tally.send('GET', '/api/settings')).json).favoriteModels.map(
      ({ model }) => model,
    )
  expect(await kept(before)).toEqual([])

  const puts = ['claude-opus-5', 'small', 'claude-opus-5', 'big'].map((model) =>
    mark(before, model === 'claude-opus-5' ? 'anthropic' : 'mine', model),
  )
  await Promise.all(puts)
  await before.send('PUT', '/api/settings', { instructions: 'Be brief.' })
  await mark(before, 'mine', 'big', false)
  await before.stop()

  const tally = await startForTest({}, before.folder)
  expect(await kept(tally)).toEqual(['claude-opus-5', 'small'])
  const listed = (await models(tally)).items.flatMap((provider) => provider.models)
  expect(listed.map(({ id, favorite }) => [id, favorite])).toEqual([
    ['big', undefined],
    ['small', true],
  ])
  for (let n = 2; n < 50; n++) await mark(tally, 'mine', `m-${n}`)
  expect(await mark(tally, 'mine', 'one-more')).toMatchObject({
    status: 400,
    json: { detail: 'There are 50 favourites already. Remove one first.' },
  })
  expect(await kept(tally)).toHaveLength(50)
})
