import type { AgentInputItem, ModelRequest } from '@openai/agents'
import { expect, test } from 'vitest'
import { inputText } from './input-text.ts'

const requestOf = (input: AgentInputItem[]): ModelRequest => ({
  systemInstructions: 'Be brief.',
  input,
  modelSettings: {},
  tools: [],
  handoffs: [],
  outputType: 'text',
  tracing: false,
})

const said = (text: string): AgentInputItem => ({ type: 'message', role: 'user', content: text })

test('a request that continues another begins with its text', async () => {
  const first = await inputText(requestOf([said('Why?')]))
  expect(first).toBe('Be brief.\nWhy?')
  expect(await inputText(requestOf([said('Why?'), said('How?')]))).toBe(`${first}\nHow?`)
})

test('while the text of a long conversation is collected, others get their turn', async () => {
  let turns = 0
  const count = () => {
    turns += 1
    immediate = setImmediate(count)
  }
  let immediate = setImmediate(count)
  const text = await inputText(requestOf(Array.from({ length: 3000 }, (_, n) => said(`${n}`))))
  clearImmediate(immediate)
  expect(text.split('\n')).toHaveLength(3001)
  expect(turns).toBeGreaterThan(20)
})
