// A summary in the place of the oldest messages: over the real wire, through restarts and branches.
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { Conversation } from '#shared/api.ts'
import { ConversationContext } from '#shared/context.ts'
import {
  ConversationSummaryText,
  ConversationSummaryTexts,
  SummaryPreview,
} from '#shared/summaries.ts'
import type { FakeUpstream, UpstreamCall } from '../../e2e/fake-upstream.ts'
import { upstreamFor } from '../testing/begin-run.ts'
import { type Started, startForTest } from '../testing/start-tally.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'

const WORDS = 'The river finds the sea by the shortest way that the land leaves it. '

const isSummary = ({ body }: UpstreamCall) =>
  JSON.stringify(body).includes('You summarize the older')
const isTitle = ({ body }: UpstreamCall) => 'response_format' in body

/** Its usage grows with what it was sent, as a provider's does. */
function script(call: UpstreamCall) {
  if (isTitle(call)) return { parts: [{ text: '{"title":"Rivers"}' }] }
  const tokens = Math.round(JSON.stringify(call.body['messages']).length / 4.5) + 900
  const usage = { prompt_tokens: tokens, completion_tokens: 150, total_tokens: tokens + 150 }
  if (isSummary(call)) return { parts: [{ text: 'They spoke of rivers.' }], usage }
  return { parts: [{ text: `So it is. ${WORDS.repeat(8)}` }], usage }
}

async function tallyWith(upstream: FakeUpstream, folder = temporaryFolder()) {
  const env = { OPENAI_API_KEY: 'sk', OPENAI_BASE_URL: upstream.baseUrl, OPENAI_MODEL: 'fake' }
  return startForTest(env, folder)
}

async function ask(tally: Started, id: string, body: object): Promise<string> {
  const response = await fetch(`${tally.address}/api/conversations/${id}/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify(body),
  })
  return response.text()
}

async function longConversation(turns = 6) {
  const upstream = await upstreamFor(script)
  const tally = await tallyWith(upstream)
  const { id } = Conversation.parse((await tally.send('POST', '/api/conversations', {})).json)
  for (let n = 0; n < turns; n += 1)
    await ask(tally, id, { text: `Question ${n}. ${WORDS.repeat(8)}` })
  return { upstream, tally, id, path: `/api/conversations/${id}` }
}

function lastAsked({ calls }: FakeUpstream): string {
  const last = calls.findLast((call) => !isTitle(call) && !isSummary(call))
  return JSON.stringify(last?.body['messages'])
}

const read = async (tally: Started, path: string) => (await tally.send('GET', path)).json
const contextOf = async (tally: Started, path: string) =>
  ConversationContext.parse(await read(tally, `${path}/context`))

test('a summary is sent in the place of the oldest messages until it is undone', async () => {
  const { upstream, tally, id, path } = await longConversation()
  const before = await contextOf(tally, path)
  const preview = SummaryPreview.parse(await read(tally, `${path}/summaries/preview`))
  // Six questions and answers, of which the last two stay.
  expect(preview).toMatchObject({ messages: 8, costNanoUsd: null, paysAfterTurns: null })

  const made = await tally.send('POST', `${path}/summaries`)
  expect(made.status).toBe(201)
  const summary = ConversationSummaryText.parse(made.json)
  expect(summary).toMatchObject({ text: 'They spoke of rivers.', messages: 8, automatic: false })
  const asked = JSON.stringify(upstream.calls.find(isSummary)?.body)
  expect(asked).toContain('Question 3.')
  expect(asked).not.toContain('Question 4.')

  const { messages } = Conversation.parse(await read(tally, path))
  expect(messages.map(({ summaryId }) => summaryId !== undefined)).toEqual(
    messages.map((_, index) => index === 7),
  )
  expect(messages).toHaveLength(12)
  const after = await contextOf(tally, path)
  expect(after.parts.some(({ kind }) => kind === 'summary')).toBe(true)
  const fewer = before.inputTokens - after.inputTokens
  expect(Math.abs(fewer - (summary.replacedTokens - summary.tokens))).toBeLessThan(100)

  const events = await ask(tally, id, { text: 'And now?' })
  expect(events).toContain('"kind":"summary"')
  expect(lastAsked(upstream)).toContain('They spoke of rivers.')
  expect(lastAsked(upstream)).toContain('Question 4.')
  expect(lastAsked(upstream)).not.toContain('Question 3.')
  expect((await contextOf(tally, path)).certainty).toBe('reported')
  const saved = ConversationSummaryTexts.parse(await read(tally, `${path}/summaries`))
  expect(saved.items[0]?.saved).toEqual({
    requests: 1,
    tokens: summary.replacedTokens - summary.tokens,
    nanoUsd: null,
  })

  const edited = await tally.send('PATCH', `${path}/summaries/${summary.id}`, { text: 'Of boats.' })
  expect(edited).toMatchObject({ status: 200, json: { text: 'Of boats.' } })
  await ask(tally, id, { text: 'And then?' })
  expect(lastAsked(upstream)).toContain('Of boats.')
  expect(lastAsked(upstream)).not.toContain('They spoke of rivers.')

  expect((await tally.send('DELETE', `${path}/summaries/${summary.id}`)).status).toBe(204)
  const again = await ask(tally, id, { text: 'At last?' })
  expect(again).not.toContain('"kind":"summary"')
  expect(lastAsked(upstream)).toContain('Question 0.')
  expect(lastAsked(upstream)).not.toContain('Of boats.')
  expect((await tally.send('DELETE', `${path}/summaries/${summary.id}`)).json).toMatchObject({
    code: 'summary_not_found',
  })
  const calls = await read(tally, '/api/usage/calls?purpose=summary')
  expect(calls).toMatchObject({ items: [{ conversationId: id, purpose: 'summary' }] })
})

test('it survives a restart, and belongs to the branches that contain its last message', async () => {
  const { upstream, tally, id, path } = await longConversation()
  await tally.send('POST', `${path}/summaries`)
  await tally.stop()
  const restarted = await tallyWith(upstream, tally.folder)
  await ask(restarted, id, { text: 'And now?' })
  expect(lastAsked(upstream)).toContain('They spoke of rivers.')

  const { messages } = Conversation.parse(await read(restarted, path))
  const [, first] = messages
  await ask(restarted, id, { text: 'Elsewhere?', parentId: first?.id })
  expect(lastAsked(upstream)).not.toContain('They spoke of rivers.')
  expect(lastAsked(upstream)).toContain('Question 0.')
  expect(ConversationSummaryTexts.parse(await read(restarted, `${path}/summaries`)).items).toEqual(
    [],
  )
})

test('a later summary includes the one before it', async () => {
  const { upstream, tally, id, path } = await longConversation()
  await tally.send('POST', `${path}/summaries`)
  expect((await tally.send('POST', `${path}/summaries`)).json).toMatchObject({
    code: 'nothing_to_summarize',
  })
  for (let n = 6; n < 9; n += 1) await ask(tally, id, { text: `Question ${n}. ${WORDS}` })
  const second = ConversationSummaryText.parse((await tally.send('POST', `${path}/summaries`)).json)
  expect(second.messages).toBe(14)
  const asked = JSON.stringify(upstream.calls.findLast(isSummary)?.body)
  expect(asked).toContain('They spoke of rivers.')
  expect(asked).toContain('Question 6.')
  expect(asked).not.toContain('Question 3.')
  await tally.send('DELETE', `${path}/summaries/${second.id}`)
  const { items } = ConversationSummaryTexts.parse(await read(tally, `${path}/summaries`))
  expect(items.map(({ messages }) => messages)).toEqual([8])
})

test('a short conversation has nothing to summarize, and a failure leaves all as it is', async () => {
  const { upstream, tally, id, path } = await longConversation(2)
  expect(await tally.send('POST', `${path}/summaries`)).toMatchObject({
    status: 409,
    json: { code: 'nothing_to_summarize' },
  })
  await ask(tally, id, { text: 'One more' })
  upstream.setScript({ status: 401 })
  expect(await tally.send('POST', `${path}/summaries`)).toMatchObject({
    status: 502,
    json: { code: 'model_failed' },
  })
  expect(ConversationSummaryTexts.parse(await read(tally, `${path}/summaries`)).items).toEqual([])
})

test('a conversation longer than the window is summarized in parts', async () => {
  const { upstream, tally, path } = await longConversation(14)
  const { messages } = Conversation.parse(await read(tally, path))
  const provider = z.string().parse(messages[1]?.provider)
  const window = { model: 'fake', contextWindow: 6_000 }
  await tally.send('PUT', `/api/providers/${provider}/context-window`, window)
  expect((await tally.send('POST', `${path}/summaries`)).status).toBe(201)
  const asked = upstream.calls.filter(isSummary).map(({ body }) => JSON.stringify(body))
  expect(asked.length).toBeGreaterThan(1)
  expect(asked[0]).toContain('Question 0.')
  expect(asked[1]).toContain('Summary so far:')
  expect(asked[1]).not.toContain('Question 0.')
})

test.each([
  ['of the conversation', null, 30, 1],
  ['of all conversations', 30, undefined, 1],
  ['of all conversations, of which this one wants none', 30, 0, 0],
])('above the share %s it is made after the answer', async (_, general, own, count) => {
  const { upstream, tally, id, path } = await longConversation(4)
  const { messages } = Conversation.parse(await read(tally, path))
  const provider = z.string().parse(messages[1]?.provider)
  const window = { model: 'fake', contextWindow: 6_000 }
  await tally.send('PUT', `/api/providers/${provider}/context-window`, window)
  const put = await tally.send('PUT', '/api/settings', { summarizeAbovePercent: general })
  expect(put.json).toMatchObject({
    summarizeAbovePercent: general,
    defaultModel: { model: 'fake' },
  })
  await tally.send('PATCH', path, { settings: { summarizeAbovePercent: own } })
  await ask(tally, id, { text: `Question 4. ${WORDS}` })
  const made = { automatic: true, messages: 6 }
  await expect
    .poll(async () => read(tally, `${path}/summaries`), { timeout: 20_000 })
    .toMatchObject({ items: Array.from({ length: count }, () => made) })
  // One that nobody wants would be made by now.
  if (count === 0) await sleep(1000)
  expect(upstream.calls.filter(isSummary)).toHaveLength(count)
})
