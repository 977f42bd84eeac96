// What is asked of an endpoint that counts, and that a long conversation holds up nobody meanwhile.
import { expect, test } from 'vitest'
import { calculate } from '../agents/assistant/tools/calculate.ts'
import { testParts } from '../testing/agent-parts.ts'
import { countInput, keyOfCount } from './count-input.ts'
import { countResponses } from '../upstream/count-openai.ts'
import { modelInput } from './history.ts'
import { toolResultItem, userItem } from '../upstream/items.ts'
import { fakeTarget, RecordedLedger } from '../testing/recorded-run.ts'
import { agentWith, begin, upstreamFor } from '../testing/begin-run.ts'
import { turnsDuring } from '../testing/turns-during.ts'
import type { Item } from '../upstream/types.ts'

function answer(text: string): Item {
  return { type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }
}

/** As many entries as 250 turns with a tool have: 1,000. */
function longHistory(chars = 10): Item[] {
  return Array.from({ length: 250 }, (_, turn) => {
    const callId = `call_${turn}`
    return [
      userItem(`Question ${turn}`),
      { type: 'function_call', callId, name: 'calculate', arguments: '{"expression":"1"}' },
      toolResultItem(callId, 'calculate', '1'.padEnd(chars)),
      answer(`Answer ${turn}`),
    ]
  }).flat()
}

const agent = agentWith([calculate])
const parts = { ...testParts(), findAgent: () => agent }

test('what is counted is what a run sends, however long it is', async () => {
  const upstream = await upstreamFor({})
  upstream.countsAs(4321)
  const target = fakeTarget(upstream.baseUrl, 'responses')
  const history = longHistory()
  const asked = {
    conversationId: null,
    agent: 'assistant',
    settings: { instructions: 'Be kind.' },
    target,
    history,
    item: userItem('And now?'),
  }
  const { settings } = asked
  expect(await countInput(asked, new RecordedLedger(), parts)).toBe(4321)
  await begin(target, agent, { history: [...history, userItem('And now?')], settings }).outcome

  const [counted] = upstream.counted
  const sent = upstream.calls[0]?.body
  expect(counted?.['input']).toHaveLength(1001)
  for (const key of ['model', 'instructions', 'tools', 'input']) {
    expect(counted?.[key]).toEqual(sent?.[key])
  }
})

test('other work gets its turn between the pieces of a long conversation', async () => {
  const history = longHistory()
  expect(await turnsDuring(() => modelInput(history))).toBeGreaterThanOrEqual(9)

  const target = fakeTarget('http://127.0.0.1:9/v1', 'responses')
  const asked = {
    conversationId: null,
    agent: 'assistant',
    settings: {},
    target,
    item: userItem(''),
  }
  const keys = () => keyOfCount({ ...asked, history })
  expect(await turnsDuring(keys)).toBeGreaterThanOrEqual(9)
  expect(await turnsDuring(() => modelInput(longHistory(100_000)))).toBeGreaterThan(200)
})

test('the request is written in pieces, too, and is asked once', async () => {
  const upstream = await upstreamFor({})
  upstream.countsAs(7)
  const target = fakeTarget(upstream.baseUrl, 'responses')
  const request = {
    input: await modelInput(longHistory()),
    modelSettings: {},
    tools: [],
    handoffs: [],
    outputType: 'text' as const,
    tracing: false,
  }
  const turns = await turnsDuring(() =>
    countResponses(request, target, AbortSignal.timeout(60_000)),
  )
  expect(upstream.counted).toHaveLength(1)
  expect(turns).toBeGreaterThanOrEqual(9)
})
