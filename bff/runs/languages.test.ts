// A run over HTTP, read in German while it goes on and from the store, and then in English.
import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { AgentList, Conversation } from '#shared/api.ts'
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

async function refund(tally: Started) {
  const choice = { provider: 'demo', agent: 'triage' }
  const { id, runId } = await say(tally, 'Refund order 1042', choice)
  const events = readEvents(await fetch(`${tally.address}/api/runs/${runId}/events`))
  for await (const { event } of events) {
    if (event.type === 'waiting' && event.kind === 'approval') return { id, runId, asked: event }
  }
  throw new Error('Nobody was asked.')
}

const CARDS = {
  de: ['Bestellung 1042 nachgeschlagen', 'Bestellung 1042 kann erstattet werden'],
  en: ['Looked up order 1042', 'Order 1042 can be refunded'],
}
const REFUND = {
  de: {
    label: '89,00\u{A0}$ zur Bestellung 1042 erstatten',
    reason: 'Die Erstattung von 89,00\u{A0}$ liegt über 20,00\u{A0}$.',
  },
  en: {
    label: 'Refund $89.00 to order 1042',
    reason: 'The refund of $89.00 is above $20.00.',
  },
}
const DENIED = {
  de: 'Dieser Aufruf wurde abgelehnt. Grund: Zu teuer',
  en: 'The person denied this call. Reason: Zu teuer',
}

test('the tools, an approval and its denial', async () => {
  const tally = await startForTest()
  await speak(tally, 'de')
  const { id, runId, asked } = await refund(tally)
  expect(asked).toMatchObject(REFUND.de)
  for (const language of ['en', 'de'] as const) {
    await speak(tally, language)
    const { json } = await tally.send('GET', '/api/waits')
    expect(json).toMatchObject({ items: [{ label: REFUND[language].label }] })
  }
  const { waitId } = asked
  const decision = { waitId, decision: 'deny', reason: 'Zu teuer' }
  const denied = await tally.send('POST', `/api/runs/${runId}/decisions`, decision)
  expect(denied.status).toBe(200)

  for (const language of ['de', 'en'] as const) {
    await speak(tally, language)
    const events = await eventsOf(tally, runId)
    const labels = events.flatMap((event) => (event.type === 'tool_result' ? event.label : []))
    expect(labels).toEqual(expect.arrayContaining(CARDS[language]))
    const output = DENIED[language]
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'tool_result', status: 'denied', output }),
    )
    const parts = (await answerOf(tally, id))?.parts
    for (const label of CARDS[language]) {
      expect(parts).toContainEqual(expect.objectContaining({ type: 'tool_call', label }))
    }
    expect(parts).toContainEqual(
      expect.objectContaining({
        name: 'process_refund',
        output,
        approval: expect.objectContaining(REFUND[language]),
      }),
    )
  }
})

test('the agents', async () => {
  const tally = await startForTest()
  const agents = async () => z.parse(AgentList, (await tally.send('GET', '/api/agents')).json).items
  await speak(tally, 'en')
  const english = await agents()
  await speak(tally, 'de')
  for (const [index, agent] of (await agents()).entries()) {
    expect(agent.description, agent.name).not.toBe(english[index]?.description)
    expect(agent.authority, agent.name).not.toBe(english[index]?.authority)
    for (const [at, tool] of agent.tools.entries()) {
      expect(tool.description, tool.name).not.toBe(english[index]?.tools[at]?.description)
    }
  }
  expect(english.find(({ name }) => name === 'refunds')).toMatchObject({
    description: 'Orders and refunds of the sample shop.',
  })
})

test('the price of an answer, and what a check has found', async () => {
  const tally = await startForTest()
  await speak(tally, 'de')
  const { runId } = await say(tally, 'Hello', { provider: 'demo' })
  await eventsOf(tally, runId)
  const probes = ['count']
  expect((await tally.send('POST', '/api/providers/demo/check', { probes })).status).toBe(200)
  for (const [language, source, detail] of [
    ['de', 'Preis der Demo, niemandem berechnet', 'Die Demo hat keinen solchen Endpunkt.'],
    ['en', 'demo price, nobody is billed', 'The demo has no such endpoint.'],
  ] as const) {
    await speak(tally, language)
    const price = expect.objectContaining({ source })
    const usage = { type: 'usage', call: expect.objectContaining({ price }) }
    expect(await eventsOf(tally, runId)).toContainEqual(expect.objectContaining(usage))
    const receipt = await tally.send('GET', `/api/runs/${runId}/calls`)
    expect(receipt.json).toMatchObject({ items: [{ price }] })
    const check = await tally.send('GET', '/api/providers/demo/check')
    expect(check.json).toMatchObject({ card: { findings: [{ detail }] } })
  }
})
