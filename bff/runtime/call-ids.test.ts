// A server that uses one id for two calls of an answer: a decision is about one call.
import { expect, test } from 'vitest'
import { z } from 'zod'
import { agentWith, begin, upstreamFor } from '../testing/begin-run.ts'
import { fakeTarget } from '../testing/recorded-run.ts'
import { defineTool } from './define-tool.ts'

test.each(['responses', 'chat_completions'] as const)(
  'the second of two calls with one id is not executed under the name of the first, on %s',
  async (api) => {
    const paid: number[] = []
    const pay = defineTool({
      name: 'pay',
      description: 'Pays.',
      parameters: z.object({ amount: z.number() }),
      needsApproval: true,
      execute: ({ amount }) => void paid.push(amount),
    })
    const view = defineTool({
      name: 'view',
      description: 'Shows.',
      parameters: z.object({ amount: z.number() }),
      needsApproval: true,
      isReadOnly: true,
      execute: () => 'seen',
    })
    const calls = ['view', 'pay'].map((name) => ({
      call: { name, arguments: { amount: 5 }, id: 'same' },
    }))
    const upstream = await upstreamFor([{ parts: calls }, { parts: [{ text: 'Done.' }] }])
    const person = {
      ask: async (request: { kind: string; name?: string }) => {
        return request.name === 'view' ? { decision: 'approve' } : { decision: 'deny' }
      },
      isLeaving: () => false,
      ruleFor: () => Promise.resolve(null),
    }
    const target = fakeTarget(upstream.baseUrl, api)
    const { outcome } = begin(target, agentWith([pay, view]), { person })
    await outcome
    expect(paid).toEqual([])
  },
)

test('a call asks by what others did until it is its turn', async () => {
  let spent = 0
  let asked = 0
  const pay = defineTool({
    name: 'pay',
    description: 'Pays.',
    maxConcurrent: 1,
    parameters: z.object({ amount: z.number(), why: z.string() }),
    needsApproval: ({ amount }) => spent + amount > 20,
    execute: async ({ amount }) => {
      await Promise.resolve()
      spent += amount
      return 'Paid.'
    },
  })
  const parts = ['a', 'b', 'c'].map((why) => ({
    call: { name: 'pay', arguments: { amount: 15, why }, id: why },
  }))
  const upstream = await upstreamFor([{ parts }, { parts: [{ text: 'Done.' }] }])
  const person = {
    ask: async () => {
      asked += 1
      return { decision: 'deny' }
    },
    isLeaving: () => false,
    ruleFor: () => Promise.resolve(null),
  }
  await begin(fakeTarget(upstream.baseUrl, 'responses'), agentWith([pay]), { person }).outcome
  expect(spent).toBe(15)
  expect(asked).toBe(2)
})
