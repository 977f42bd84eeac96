// The language of what the server says, over HTTP.
import { expect, test } from 'vitest'
import { LANGUAGES, plural, t, tAs } from '#shared/translate.ts'
import { startForTest, type Started } from '../testing/start-tally.ts'
import { inLanguage } from './language.ts'

const MISSING = '/api/conversations/01890000-0000-7000-8000-000000000000'

async function titleOf(tally: Started, acceptLanguage: string): Promise<unknown> {
  const headers = { 'accept-language': acceptLanguage }
  const response = await fetch(tally.address + MISSING, { headers })
  const { title } = (await response.json()) as { title: string }
  return title
}

const ENGLISH = 'There is no such conversation'
const GERMAN = 'Diese Unterhaltung gibt es nicht'

test('a problem has the language that the browser prefers', async () => {
  const tally = await startForTest()
  for (const [accepted, title] of [
    ['de', GERMAN],
    ['de-AT,de;q=0.9,en;q=0.8', GERMAN],
    ['en-GB,en;q=0.9,de;q=0.8', ENGLISH],
    ['fr;q=1, en;q=0.3, DE;q=0.7', GERMAN],
    ['de;q=0, en', ENGLISH],
    ['fr', ENGLISH],
    ['*', ENGLISH],
    [';q=x,,de-;', GERMAN],
  ] as const) {
    expect(await titleOf(tally, accepted), accepted).toBe(title)
  }
})

test('the setting comes before the browser, and outlives a restart', async () => {
  const before = await startForTest()
  expect((await before.send('GET', '/api/settings')).json).toMatchObject({ language: 'auto' })
  const put = await before.send('PUT', '/api/settings', { language: 'de' })
  expect(put.json).toMatchObject({ language: 'de' })
  expect(await titleOf(before, 'en')).toBe(GERMAN)
  await before.stop()

  const tally = await startForTest({}, before.folder)
  expect(await titleOf(tally, 'en')).toBe(GERMAN)
  await tally.send('PUT', '/api/settings', { instructions: 'Be short.' })
  expect(await titleOf(tally, 'en')).toBe(GERMAN)
  await tally.send('PUT', '/api/settings', { language: 'en' })
  expect(await titleOf(tally, 'de')).toBe(ENGLISH)
  await tally.send('PUT', '/api/settings', { language: 'auto' })
  expect(await titleOf(tally, 'de')).toBe(GERMAN)
  const { status } = await tally.send('PUT', '/api/settings', { language: 'fr' })
  expect(status).toBe(400)
})

test('a request that the gate refuses is answered in the language of the browser', async () => {
  const tally = await startForTest()
  const headers = { 'accept-language': 'de', 'content-type': 'text/plain' }
  const response = await fetch(`${tally.address}/api/settings`, {
    method: 'PUT',
    headers,
    body: 'x',
  })
  expect(await response.json()).toMatchObject({
    code: 'unsupported_media_type',
    detail: 'Den Header Content-Type: application/json setzen.',
  })
})

test('a field that is not valid is named in the language', async () => {
  const tally = await startForTest()
  await tally.send('PUT', '/api/settings', { language: 'de' })
  const { json } = await tally.send('PUT', '/api/settings', { instructions: 5 })
  expect(json).toMatchObject({ detail: expect.stringMatching(/^instructions: Ungültige Eingabe/) })
})

test('what goes on after the request keeps its language', async () => {
  const later = inLanguage('de', async () => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    return t`There is no such run`
  })
  expect(t`There is no such run`).toBe('There is no such run')
  expect(await later).toBe('Diesen Lauf gibt es nicht')
})

test('a sentence without a translation is English, in every language', () => {
  for (const language of LANGUAGES) {
    const texts = inLanguage(language, () => [
      t`Nobody has translated ${1} of ${'these'}`,
      tAs('of a door')`Nobody has translated this`,
      plural(1, { one: t`one`, other: t`several` }),
      plural(2, { one: t`one`, other: t`several` }),
    ])
    expect(texts).toEqual([
      'Nobody has translated 1 of these',
      'Nobody has translated this',
      'one',
      'several',
    ])
  }
})
