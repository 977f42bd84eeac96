// What a server cannot take is left out, once it has said so.
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Script, UpstreamCall } from '../../e2e/fake-upstream.ts'
import { testParts } from '../testing/agent-parts.ts'
import { defineTool } from '../runtime/define-tool.ts'
import { fakeTarget } from '../testing/recorded-run.ts'
import { agentWith, begin, upstreamFor } from '../testing/begin-run.ts'

const tool = defineTool({
  name: 'tool',
  description: 't',
  parameters: z.object({}),
  execute: () => 'done',
})

function refuse(message: string, status: number, when: (call: UpstreamCall) => boolean): Script {
  const errorBody = { error: { message, code: status } }
  return (call) => (when(call) ? { status, errorBody } : { parts: [{ text: 'Gladly.' }] })
}

const hasTools = ({ body }: UpstreamCall): boolean =>
  Array.isArray(body['tools']) && body['tools'].length > 0

test.for([
  ['registry.ollama.ai/library/gemma3:latest does not support tools', 400],
  ['"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set', 400],
  ['tools param requires --jinja flag', 500],
] as const)(
  'a model that says "%s" answers without tools, and is not asked with them again',
  async ([message, status]) => {
    const upstream = await upstreamFor(refuse(message, status, hasTools))
    const target = fakeTarget(upstream.baseUrl, 'chat_completions')
    const parts = testParts()
    const first = begin(target, agentWith([tool]), {}, parts)
    expect(await first.outcome).toEqual({ status: 'completed' })
    expect(first.recorded.message.parts).toMatchObject([
      { type: 'notice', kind: 'retry', text: expect.stringContaining('cannot use tools') },
      { type: 'text', text: 'Gladly.' },
    ])
    expect(first.recorded.ledger.rows).toMatchObject([{ status: 'failed', refused: true }, {}])
    const second = begin(target, agentWith([tool]), {}, parts)
    expect(await second.outcome).toEqual({ status: 'completed' })
    expect(upstream.calls).toHaveLength(3)
  },
)

test('a model that cannot be asked for one tool call at a time is asked without that', async () => {
  const message = "Unsupported parameter: 'parallel_tool_calls' is not supported with this model."
  const refused = ({ body }: UpstreamCall): boolean => 'parallel_tool_calls' in body
  const upstream = await upstreamFor(refuse(message, 400, refused))
  const target = { ...fakeTarget(upstream.baseUrl, 'responses'), takesParallelTools: false }
  const { outcome } = begin(target, agentWith([tool]))
  expect(await outcome).toEqual({ status: 'completed' })
  expect(upstream.calls.map(hasTools)).toEqual([true, true])
})

test('a server that cannot stream beside tools is asked for a whole answer, and keeps its tools', async () => {
  const refused = (call: UpstreamCall) => call.body['stream'] === true && hasTools(call)
  const upstream = await upstreamFor(refuse('Cannot use tools with stream', 500, refused))
  const target = fakeTarget(upstream.baseUrl, 'chat_completions', { maxRetries: 0 })
  const { recorded, outcome } = begin(target, agentWith([tool]))
  expect(await outcome).toEqual({ status: 'completed' })
  expect(recorded.text).toBe('Gladly.')
  expect(upstream.calls.map(hasTools)).toEqual([true, true])
})

test('a server that refuses stream_options is asked without them', async () => {
  const message = 'Unrecognized request argument supplied: stream_options'
  const refused = ({ body }: UpstreamCall): boolean => 'stream_options' in body
  const upstream = await upstreamFor(refuse(message, 400, refused))
  const { outcome } = begin(fakeTarget(upstream.baseUrl, 'chat_completions'))
  expect(await outcome).toEqual({ status: 'completed' })
})

test('a model that wants max_completion_tokens gets it', async () => {
  const message = "'max_tokens' is not supported. Use 'max_completion_tokens' instead."
  const upstream = await upstreamFor(refuse(message, 400, ({ body }) => 'max_tokens' in body))
  const target = fakeTarget(upstream.baseUrl, 'chat_completions')
  const { outcome } = begin(target, agentWith([]), { settings: { maxOutputTokens: 77 } })
  expect(await outcome).toEqual({ status: 'completed' })
  expect(upstream.calls[1]?.body).toMatchObject({ max_completion_tokens: 77 })
})

test('a model that can write less than was allowed is asked for less', async () => {
  const message = 'max_tokens is too large: 16384. This model supports at most 4096 tokens.'
  const tooMuch = ({ body }: UpstreamCall): boolean => Number(body['max_tokens']) > 4096
  const upstream = await upstreamFor(refuse(message, 400, tooMuch))
  const target = fakeTarget(upstream.baseUrl, 'chat_completions')
  const { outcome } = begin(target, agentWith([]), { settings: { maxOutputTokens: 16_384 } })
  expect(await outcome).toEqual({ status: 'completed' })
  expect(upstream.calls[1]?.body).toMatchObject({ max_tokens: 2048 })
})

test('reasoning that was not kept is not sent back', async () => {
  const message = "Item with id 'rs_0_0' not found. Items are not persisted when store is false."
  const hasReasoning = ({ body }: UpstreamCall): boolean => JSON.stringify(body).includes('rs_0_0')
  const upstream = await upstreamFor((call) => {
    if (hasReasoning(call)) return { status: 404, errorBody: { error: { message } } }
    const first = { parts: [{ reasoning: 'Hm.' }, { call: { name: 'tool', arguments: {} } }] }
    return call.index === 0 ? first : {}
  })
  const { outcome } = begin(fakeTarget(upstream.baseUrl, 'responses'), agentWith([tool]))
  expect(await outcome).toEqual({ status: 'completed' })
  expect(JSON.stringify(upstream.calls[2]?.body)).not.toMatch(/rs_0|fc_0/)
})

test('a refusal that no remedy cures ends the run', async () => {
  const upstream = await upstreamFor(refuse('This model does not support tools', 400, () => true))
  const { outcome } = begin(fakeTarget(upstream.baseUrl, 'chat_completions'), agentWith([tool]))
  expect(await outcome).toMatchObject({ status: 'failed', code: 'bad_request' })
  expect(upstream.calls).toHaveLength(2)
})
