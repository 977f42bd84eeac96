// Agents whose final answer is an object, over the real wire.
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { agentTool } from './agent-tool.ts'
import { defineTool } from './define-tool.ts'
import { agentWith, begin, upstreamFor } from '../testing/begin-run.ts'
import { fakeTarget } from '../testing/recorded-run.ts'

const output = {
  name: 'weather_report',
  schema: z.object({ city: z.string(), degrees: z.number() }),
}
const measure = defineTool({
  name: 'measure',
  description: 'Measures.',
  parameters: z.object({ city: z.string() }),
  execute: () => 20,
})
const reporter = agentWith([measure], { output })
const asks = { parts: [{ call: { name: 'measure', arguments: { city: 'Oslo' } } }] }
const value = { city: 'Oslo', degrees: 20 }
const says = (text: string) => ({ parts: [{ text }], chars: 4 })

describe.for(['responses', 'chat_completions'] as const)('on %s', (api) => {
  test('an answer that fits replaces its text, after the tools', async () => {
    const upstream = await upstreamFor([asks, says(JSON.stringify(value))])
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, api), reporter)
    expect(await outcome).toEqual({ status: 'completed' })
    expect(recorded.eventsOf('token').length).toBeGreaterThan(1)
    expect(recorded.message.parts).toMatchObject([
      { type: 'tool_call', status: 'done', output: '20' },
      { type: 'output', schema: 'weather_report', value },
    ])
    expect(recorded.message.parts).toHaveLength(2)
    expect(recorded.text).toContain('Oslo')
    expect(JSON.stringify(recorded.items.at(-1))).toContain('degrees')
    for (const { body } of upstream.calls) {
      expect(JSON.stringify(body['response_format'] ?? body['text'])).toContain('"degrees"')
    }
  })

  test.for([
    ['another shape', '{"city": "Oslo", "degrees": "mild"}', /degrees/],
    ['no JSON', 'It is mild in Oslo.', /not JSON/],
  ] as const)('%s is a named failure, and the text stays', async ([, text, why]) => {
    const upstream = await upstreamFor([says(text)])
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, api), reporter)
    expect(await outcome).toMatchObject({
      status: 'failed',
      code: 'output_mismatch',
      message: expect.stringMatching(why),
    })
    expect(recorded.eventsOf('output')).toEqual([])
    expect(recorded.text).toBe(text)
    expect(JSON.stringify(recorded.items)).toContain(JSON.stringify(text).slice(1, -1))
  })

  test('a server without schemas is told in words, and may put the JSON into prose', async () => {
    const prose = `Here you are:\n\n\`\`\`json\n${JSON.stringify(value)}\n\`\`\``
    const upstream = await upstreamFor([asks, says(prose)])
    const target = fakeTarget(upstream.baseUrl, api, { takesJsonShape: false })
    const { recorded, outcome } = begin(target, reporter)
    expect(await outcome).toEqual({ status: 'completed' })
    const { body } = upstream.calls[0] ?? {}
    expect(body).not.toHaveProperty('response_format')
    expect(JSON.stringify(body?.['text'] ?? '')).not.toContain('json_schema')
    expect(JSON.stringify(body)).toContain('Answer with nothing but JSON of this schema')
    expect(recorded.message.parts.slice(1)).toEqual([
      { type: 'text', text: 'Here you are:' },
      { type: 'output', schema: 'weather_report', value },
    ])
  })

  test('in a nested run the object is the result of the call', async () => {
    const nested = { ...reporter, name: 'reporter' }
    const boss = agentWith([agentTool({ name: 'report', description: 'R.', agent: 'reporter' })])
    const report = { parts: [{ call: { name: 'report', arguments: { input: 'Oslo' } } }] }
    const upstream = await upstreamFor([report, says(JSON.stringify(value)), says('20 degrees.')])
    const { recorded, outcome } = begin(fakeTarget(upstream.baseUrl, api), [boss, nested])
    expect(await outcome).toEqual({ status: 'completed' })
    expect(recorded.message.parts).toMatchObject([
      { name: 'report', output: JSON.stringify(value), parts: [{ type: 'output', value }] },
      { type: 'text', text: '20 degrees.' },
    ])
  })
})
