// A run over HTTP, read in German while it goes on and from the store, and then in English.
import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { Conversation } from '#shared/api.ts'
import { upstreamFor } from '../testing/begin-run.ts'
import { collect, readEvents } from '../testing/runs.ts'
import { startForTest, type Started } from '../testing/start-tally.ts'

type Language = 'de' | 'en'

const speak = (tally: Started, language: Language) =>
  tally.send('PUT', '/api/settings', { language })

async function say(tally: Started, text: string, choice: object = {}) {
  const { json } = await tally.send('POST', '/api/conversations', {})
  const { id } = z.parse(z.object({ id: z.string() }), json)
  const run = await tally.send('POST', `/api/conversations/${id}/runs`, { text, ...choice })
  return { id, runId: z.parse(z.object({ id: z.string() }), run.json).id }
}

async function eventsOf(tally: Started, runId: string) {
  const stored = await collect(readEvents(await fetch(`${tally.address}/api/runs/${runId}/events`)))
  return stored.map(({ event }) => event)
}

async function answerOf(tally: Started, id: string) {
  const { json } = await tally.send('GET', `/api/conversations/${id}`)
  return Conversation.parse(json).messages.at(-1)
}

const GERMAN =
  /hat die Anfrage abgelehnt\. Die Einstellungen .* passen vielleicht nicht zu fake-model\. Seine Worte \(400\): unsupported parameter\.$/
const ENGLISH =
  /rejected the request\. The settings .* may not suit fake-model\. It said \(400\): unsupported parameter\.$/

test('the error of a provider', async () => {
  const errorBody = { error: { message: 'unsupported parameter', code: 'x', type: 'x' } }
  const upstream = await upstreamFor({ status: 400, errorBody })
  const env = { OPENAI_BASE_URL: upstream.baseUrl, OPENAI_MODEL: 'fake-model' }
  const tally = await startForTest(env)
  await speak(tally, 'de')
  const { id, runId } = await say(tally, 'Hello')
  for (const [language, words] of [
    ['de', GERMAN],
    ['en', ENGLISH],
    ['de', GERMAN],
  ] as const) {
    await speak(tally, language)
    const message = expect.stringMatching(words)
    expect(await eventsOf(tally, runId)).toContainEqual(
      expect.objectContaining({ type: 'error', code: 'bad_request', message }),
    )
    expect(await answerOf(tally, id)).toMatchObject({
      status: 'failed',
      parts: [{ type: 'notice', kind: 'error', text: message }],
    })
  }
})
