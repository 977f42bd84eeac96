// What is counted before sending is what is sent, also of a conversation longer than its window.
import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { ConversationContext } from '#shared/context.ts'
import { RequestEstimate } from '#shared/estimate.ts'
import { Conversation } from '#shared/api.ts'
import { chatCalls, chats } from '../../e2e/scripts.ts'
import { upstreamFor } from '../testing/begin-run.ts'
import { startForTest } from '../testing/start-tally.ts'

const WORDS = 'The river finds the sea by the shortest way that the land leaves it. '
const Messages = z.array(z.looseObject({ role: z.string(), content: z.unknown() }))

test('the meter, the estimate and the request agree', async () => {
  const usage = { prompt_tokens: 4_000, completion_tokens: 200, total_tokens: 4_200 }
  const upstream = await upstreamFor(chats({ parts: [{ text: WORDS.repeat(10) }], usage }))
  const tally = await startForTest({
    OPENAI_API_KEY: 'sk-test',
    OPENAI_BASE_URL: upstream.baseUrl,
    OPENAI_MODEL: 'fake',
  })
  const read = async (path: string) => (await tally.send('GET', path)).json
  const { id } = Conversation.parse((await tally.send('POST', '/api/conversations', {})).json)
  const path = `/api/conversations/${id}`
  const ask = async (text: string) => {
    const response = await fetch(`${tally.address}${path}/runs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ text }),
    })
    return response.text()
  }
  for (let n = 0; n < 12; n += 1) await ask(`Question ${n}. ${WORDS.repeat(10)}`)
  expect(ConversationContext.parse(await read(`${path}/context`)).leftOut).toBeNull()

  const [{ provider }] = z
    .tuple([z.object({ provider: z.string() })], z.unknown())
    .parse(Conversation.parse(await read(path)).messages.slice(1))
  const window = { model: 'fake', contextWindow: 5_000 }
  await tally.send('PUT', `/api/providers/${provider}/context-window`, window)

  const context = ConversationContext.parse(await read(`${path}/context`))
  expect(context.leftOut?.messages).toBeGreaterThan(4)
  expect(context.inputTokens).toBeLessThan(4_500)
  expect(context.parts.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(context.inputTokens)

  const text = `And now? ${WORDS.repeat(30)}`
  const estimate = await tally.send('POST', `${path}/estimate`, { text })
  const { inputTokens } = RequestEstimate.parse(estimate.json)
  const events = await ask(text)
  const { body = {} } = chatCalls(upstream).at(-1) ?? {}
  const sent = Messages.parse(body['messages']).filter(({ role }) => role !== 'system')
  const leftOut = Number(/"messages":(\d+)/.exec(events.split('event: context')[1] ?? '')?.[1])
  // Twelve questions, twelve answers and the new question.
  expect(sent.length).toBe(25 - leftOut)
  const tokens = JSON.stringify(sent).length / 4.3
  expect(Math.abs(inputTokens - tokens) / tokens).toBeLessThan(0.5)

  // What the provider counted of a request with something left out goes on being right.
  const after = ConversationContext.parse(await read(`${path}/context`))
  expect(after.certainty).toBe('reported')
  expect(after.leftOut?.messages).toBeGreaterThanOrEqual(leftOut)
  expect(Math.abs(after.inputTokens - 4_200)).toBeLessThan(1_500)
})
