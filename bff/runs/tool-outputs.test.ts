// Outputs that are too long for a model, whole for the reader.
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Script } from '../../e2e/fake-upstream.ts'
import { agentTool } from '../runtime/agent-tool.ts'
import { defineTool } from '../runtime/define-tool.ts'
import { agentWith } from '../testing/begin-run.ts'
import { heldTally } from '../testing/budgets.ts'

test('nested runs at once keep their outputs apart, although their calls have one id', async () => {
  const write = defineTool({
    name: 'write',
    description: 'Writes.',
    parameters: z.object({ letter: z.string() }),
    execute: ({ letter }) => letter.repeat(40_000),
  })
  const worker = agentWith([write], { name: 'worker', entry: false })
  const boss = agentWith([agentTool({ name: 'work', description: 'W.', agent: 'worker' })])
  const agents = new Map([boss, worker].map((agent) => [agent.name, agent]))
  const script: Script = ({ body }) => {
    const text = JSON.stringify(body)
    if (!text.includes('Part '))
      return {
        parts: ['a', 'b'].map((letter) => ({
          call: { name: 'work', arguments: { input: `Part ${letter}` }, id: letter },
        })),
      }
    if (text.includes('function_call_output')) return { parts: [{ text: 'Done.' }] }
    const letter = /Part (\w)/.exec(text)?.[1]
    return { parts: [{ call: { name: 'write', arguments: { letter }, id: 'same' } }] }
  }
  const options = {
    target: { api: 'responses' as const },
    findAgent: (name: string) => agents.get(name),
  }
  const { tally } = await heldTally(script, {}, options)
  const run = await tally.say('Write')
  await tally.over(run)
  const output = (query: string) => tally.request(`/api/runs/${run.id}/outputs/same${query}`)
  for (const letter of ['a', 'b']) {
    expect(await (await output(`?parentCallId=${letter}`)).text()).toBe(letter.repeat(40_000))
  }
  expect((await output('')).status).toBe(404)
  const { messages } = await tally.conversation(run.conversationId)
  expect(messages[1]?.parts).toMatchObject([
    { callId: 'a', parts: [{ callId: 'same', wholeChars: 40_000 }, {}] },
    { callId: 'b', parts: [{ callId: 'same', wholeChars: 40_000 }, {}] },
    {},
  ])
})

test('nested runs inside nested runs stay apart, although their calls have one id', async () => {
  const write = defineTool({
    name: 'write',
    description: 'Writes.',
    parameters: z.object({ letter: z.string() }),
    execute: ({ letter }) => letter.repeat(40_000),
  })
  const writer = agentWith([write], { name: 'writer', entry: false })
  const delegate = agentTool({ name: 'delegate', description: 'D.', agent: 'writer' })
  const worker = agentWith([delegate], { name: 'worker', entry: false })
  const boss = agentWith([agentTool({ name: 'work', description: 'W.', agent: 'worker' })])
  const agents = new Map([boss, worker, writer].map((agent) => [agent.name, agent]))
  const script: Script = ({ body }) => {
    const text = JSON.stringify(body)
    if (text.includes('function_call_output')) return { parts: [{ text: 'Done.' }] }
    const [, part, letter] = /(Part|Text) (\w)/.exec(text) ?? []
    if (part === 'Text') {
      return { parts: [{ call: { name: 'write', arguments: { letter }, id: 'same' } }] }
    }
    const input = `Text ${letter}`
    if (part === 'Part')
      return { parts: [{ call: { name: 'delegate', arguments: { input }, id: 'in' } }] }
    return {
      parts: ['a', 'b'].map((each) => ({
        call: { name: 'work', arguments: { input: `Part ${each}` }, id: each },
      })),
    }
  }
  const options = {
    target: { api: 'responses' as const },
    findAgent: (name: string) => agents.get(name),
  }
  const { tally } = await heldTally(script, {}, options)
  const run = await tally.say('Write')
  const events = await tally.over(run)
  const { messages } = await tally.conversation(run.conversationId)
  const inner = (letter: string) => ({
    callId: letter,
    status: 'done',
    parts: [
      {
        callId: 'in',
        parts: [{ callId: 'same', output: expect.stringMatching(`^${letter}`) }, {}],
      },
      {},
    ],
  })
  expect(messages[1]?.parts).toMatchObject([inner('a'), inner('b'), {}])
  const keys = events.flatMap((event) =>
    event.type === 'tool_result' && event.callId === 'same' ? [event.parentCallId ?? ''] : [],
  )
  const outputs = keys.map(async (parentCallId) => {
    const query = new URLSearchParams({ parentCallId })
    return (await tally.request(`/api/runs/${run.id}/outputs/same?${query.toString()}`)).text()
  })
  expect((await Promise.all(outputs)).toSorted()).toEqual(
    ['a', 'b'].map((each) => each.repeat(40_000)),
  )
})
