import { expect, test } from 'vitest'
import { modelInput } from './history.ts'
import { incompleteMessage, toolResultItem, userItem } from '../upstream/items.ts'
import { fakeTarget } from '../testing/recorded-run.ts'
import { agentWith, begin, upstreamFor } from '../testing/begin-run.ts'
import type { Item } from '../upstream/types.ts'

const call = (callId: string): Item => ({
  type: 'function_call',
  id: 'fc_foreign',
  callId,
  name: 'add',
  arguments: '{}',
  providerData: { id: 'x' },
})
const reply = (text: string): Item => ({
  type: 'message',
  id: 'chatcmpl-foreign',
  role: 'assistant',
  content: [{ type: 'output_text', text, providerData: { annotations: [] } }],
})
const reasoning: Item = { type: 'reasoning', id: 'rs_foreign', content: [] }

async function shape(items: Item[]): Promise<string[]> {
  return (await modelInput(items)).map((item) => {
    if (item.type === 'function_call') return `call ${item.callId}`
    if (item.type === 'function_call_result') return `result ${item.callId}`
    return 'role' in item ? item.role : 'other'
  })
}

test('a call without a result gets one that says so, and a result without a call is left out', async () => {
  const items = [userItem('hi'), call('a'), call('b'), toolResultItem('b', 'add', '3'), reply('ok')]
  expect(await shape(items)).toEqual([
    'user',
    'call a',
    'call b',
    'result a',
    'result b',
    'assistant',
  ])
  expect((await modelInput(items))[3]).toMatchObject({
    output: { text: expect.stringMatching(/unknown/) },
  })
  expect(await shape([userItem('hi'), toolResultItem('z', 'add', '3')])).toEqual(['user'])
})

test('a call id that is used again in a later answer keeps its own result', async () => {
  const items = [
    call('a'),
    toolResultItem('a', 'add', 'first'),
    reply('x'),
    call('a'),
    toolResultItem('a', 'add', 'second'),
  ]
  const outputs = (await modelInput(items)).flatMap((item) =>
    item.type === 'function_call_result' ? [item.output] : [],
  )
  expect(outputs).toMatchObject([{ text: 'first' }, { text: 'second' }])
})

test('reasoning, ids and provider data of earlier runs are not sent', async () => {
  const items = [userItem('hi'), reasoning, reply('hello'), reasoning, call('a')]
  expect(await shape(items)).toEqual(['user', 'assistant', 'call a', 'result a'])
  expect(JSON.stringify(await modelInput(items))).not.toMatch(/foreign|providerData|annotations/)
})

test('a partial answer is kept, and an empty one is left out', async () => {
  expect(await modelInput([incompleteMessage('Half')])).toMatchObject([{ status: 'incomplete' }])
  expect(await modelInput([reply('')])).toEqual([])
})

test.for([
  ['chat_completions', 'responses'],
  ['responses', 'chat_completions'],
] as const)('a conversation from %s goes on over %s', async ([first, second]) => {
  const upstream = await upstreamFor([
    { parts: [{ reasoning: 'Hm.' }, { text: 'One.' }, { call: { name: 'none', arguments: {} } }] },
    { parts: [{ text: 'Two.' }] },
    { parts: [{ text: 'Three.' }] },
  ])
  const earlier = begin(fakeTarget(upstream.baseUrl, first))
  await earlier.outcome
  const history = [userItem('Question'), ...earlier.recorded.items, userItem('And now?')]
  const { outcome } = begin(fakeTarget(upstream.baseUrl, second), agentWith([]), { history })
  expect(await outcome).toEqual({ status: 'completed' })
  const sent = JSON.stringify(upstream.calls[2]?.body)
  expect(sent).toContain('One.')
  expect(sent).not.toMatch(/chatcmpl-|msg_|rs_|fc_/)
})
