// Conversations as files, over real HTTP and real SQLite.
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { z as schemas } from 'zod'
import type { Script } from '../../e2e/fake-upstream.ts'
import { ModelCall } from '#shared/ledger.ts'
import { foldAll } from '#shared/fold-run.ts'
import { decodeEvent } from '#shared/sse.ts'
import { agentTool } from '../runtime/agent-tool.ts'
import { defineTool } from '../runtime/define-tool.ts'
import type { Guardrail } from '../runtime/guardrails.ts'
import { agentWith } from '../testing/begin-run.ts'
import { type HeldTally, heldTally } from '../testing/budgets.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import type { StartedRuns } from '../testing/runs.ts'
import { ConversationCheck } from './check-conversation.ts'

const noXyzzy: Guardrail<string> = {
  name: 'secret words',
  check: (text) => (text.includes('xyzzy') ? 'It contains a secret word.' : null),
}
const measure = defineTool({
  name: 'measure',
  description: 'Measures.',
  parameters: schemas.object({ city: schemas.string() }),
  label: ({ city }) => `Measured ${city} <now>`,
  execute: () => 'a ```` fence\nof 20°',
})
const research = agentTool({ name: 'research', description: 'Asks.', agent: 'researcher' })
const agents = [
  agentWith([measure, research], { outputGuardrails: [noXyzzy] }),
  agentWith([], { name: 'researcher', entry: false }),
]

const call = (name: string, args: object) => ({ parts: [{ call: { name, arguments: args } }] })

/** Branches: two answers to the first question, the first of which goes on. */
async function filled() {
  const script: Script = [
    { parts: [{ reasoning: 'Hm.' }, { call: { name: 'measure', arguments: { city: 'Oslo' } } }] },
    call('research', { input: 'Why?' }),
    { parts: [{ text: 'The researcher says why.' }] },
    { parts: [{ text: 'It is 20°.' }] },
    { parts: [{ text: 'The word is xyzzy.' }] },
    { parts: [{ text: 'Another version.' }] },
  ]
  const folder = temporaryFolder()
  const findAgent = (name: string) => agents.find((agent) => agent.name === name)
  const { tally } = await heldTally(script, {}, { folder, findAgent })
  const { id } = await tally.create({ title: 'Größe: 1/2 “Oslo”\u202e' })
  await tally.over(await tally.start(id, { text: 'How warm?' }))
  const [question, answer] = (await tally.conversation(id)).messages
  await tally.over(await tally.start(id, { text: 'And the word?' }))
  const leaf = (await tally.conversation(id)).messages.at(-1)
  const again = { parentId: question?.parentId ?? null, text: 'How cold?' }
  await tally.over(await tally.start(id, again))
  const selectedMessageId = leaf?.id ?? ''
  await tally.send('PATCH', `/api/conversations/${id}`, { selectedMessageId })
  const edit = (statement: string) => {
    const other = new BetterSqlite3(join(folder, 'tally.db'))
    other.pragma('ignore_check_constraints = on')
    other.prepare(statement).run()
    other.close()
  }
  return { tally, id, answer, selectedMessageId, edit }
}

const get = (tally: StartedRuns, id: string, format: string, init?: RequestInit) =>
  tally.request(`/api/conversations/${id}/export?format=${format}`, init)

const textOf = async (tally: HeldTally, id: string, format: string) =>
  (await get(tally, id, format)).text()

test('the Markdown is the selected branch, with its tools and without what was withheld', async () => {
  const { tally, id } = await filled()
  const text = await textOf(tally, id, 'markdown')
  expect(text).toMatch(/^# Größe: 1\/2 “Oslo”/)
  expect(text.match(/^## .*/gm)).toEqual([
    '## You',
    '## Assistant · assistant · gpt-4.1-mini',
    '## You',
    '## Assistant · assistant · gpt-4.1-mini',
  ])
  expect(text).toContain('<summary>Tool: measure: Measured Oslo &lt;now&gt; (done)</summary>')
  expect(text).toContain('```json\n{\n  "city": "Oslo"\n}\n```')
  expect(text).toContain('`````\na ```` fence\nof 20°\n`````')
  expect(text).toMatch(/Tool: research[^]*The researcher says why\.[^]*<\/details>[^]*It is 20°\./)
  expect(text).toContain('> Blocked by secret words: It contains a secret word.')
  expect(text).not.toMatch(/xyzzy|Another version|How cold|Hm\./)
})

const Line = z.looseObject({ type: z.string() })

async function linesOf(tally: HeldTally, id: string) {
  const text = await textOf(tally, id, 'jsonl')
  expect(text).not.toContain('xyzzy')
  return text
    .trimEnd()
    .split('\n')
    .map((line) => Line.parse(JSON.parse(line)))
}

test('the JSON lines hold everything: branches, items, events and the ledger', async () => {
  const { tally, id, answer, selectedMessageId } = await filled()
  const lines = await linesOf(tally, id)
  expect(lines[0]).toEqual({ type: 'format', format: 'tally', version: 1 })
  expect(lines.at(-1)).toMatchObject({ type: 'end', lines: lines.length - 1 })
  expect(lines[1]).toMatchObject({ conversation: { id, selectedMessageId } })
  const of = (type: string) => lines.filter((line) => line.type === type)
  const messages = of('message')
  expect(messages).toHaveLength(6)
  const check = new ConversationCheck()
  for (const line of (await textOf(tally, id, 'jsonl')).trimEnd().split('\n')) check.add(line)
  expect(check.finish()).toEqual([])
  const known = new Set<unknown>([null])
  for (const { id: messageId, parentId } of messages) {
    expect(known.has(parentId)).toBe(true)
    known.add(messageId)
  }
  expect(messages.find((message) => message['id'] === answer?.id)).toMatchObject({
    parts: answer?.parts,
  })
  expect(new Set(of('item').map(({ messageId }) => messageId)).size).toBe(6)
  expect(JSON.stringify(of('item'))).toContain('It is 20°.')

  const stored = of('event').filter(({ runId }) => runId === answer?.runId)
  const events = stored.map(({ seq, event, data }) => ({
    seq: Number(seq),
    event: decodeEvent(String(event), JSON.stringify(data)),
  }))
  expect(foldAll(events).message?.parts).toEqual(answer?.parts)

  const calls = of('call').map((line) => ModelCall.parse(line['call']))
  expect(calls).toHaveLength(6)
  const receipt = await (await tally.request(`/api/runs/${answer?.runId}/calls`)).json()
  expect(receipt).toMatchObject({
    items: calls.slice(0, 4).map(({ id: callId }) => ({ id: callId })),
  })
})

const Node = z.object({
  id: z.string(),
  parent: z.nullable(z.string()),
  children: z.array(z.string()),
  message: z.nullable(
    z.looseObject({
      author: z.looseObject({ role: z.string() }),
      content: z.looseObject({ content_type: z.string() }),
      recipient: z.string(),
    }),
  ),
})
const Chatgpt = z.looseObject({
  title: z.string(),
  create_time: z.number(),
  current_node: z.string(),
  mapping: z.record(z.string(), Node),
})

test('the shape of ChatGPT is one tree, and its selected branch leads to the root', async () => {
  const { tally, id } = await filled()
  const text = await textOf(tally, id, 'chatgpt')
  expect(text).not.toContain('xyzzy')
  const { mapping, current_node: current } = Chatgpt.parse(JSON.parse(text))
  for (const [key, node] of Object.entries(mapping)) {
    expect(node.id).toBe(key)
    for (const child of node.children) expect(mapping[child]?.parent).toBe(key)
  }
  const roots = Object.values(mapping).filter(({ parent }) => parent === null)
  const children = Object.values(mapping).flatMap((node) => node.children)
  expect(roots).toHaveLength(1)
  expect(new Set(children).size).toBe(Object.keys(mapping).length - 1)
  const branch: string[] = []
  for (let node = mapping[current]; node !== undefined; node = mapping[node.parent ?? '']) {
    const { author, content, recipient } = node.message ?? {}
    branch.unshift([author?.role, content?.content_type, recipient].join(' '))
  }
  expect(branch).toEqual([
    '  ',
    'user text all',
    'assistant thoughts all',
    'assistant code measure',
    'tool text all',
    'assistant code research',
    'tool text all',
    'assistant text all',
    'user text all',
    'assistant text all',
  ])
})

test('damaged rows are marked and cut nothing off', async () => {
  const { tally, id, edit } = await filled()
  edit(`update messages set parts = replace(parts, 'It is 20', 'It is 90')`)
  edit(`update messages set parts = '[{"no' where parts like '%How cold%'`)
  edit(`update items set item = 'no' || char(10) || 'JSON' where item like '%Another%'`)
  edit(`update run_events set data = replace(data, '20°', '90°')`)
  const lines = await linesOf(tally, id)
  const damaged = lines.filter(({ damaged: isDamaged }) => isDamaged === true)
  expect(damaged.map(({ type }) => type)).toEqual(['message', 'message', 'item'])
  expect(damaged.map(({ parts, item }) => parts === null || item === null)).toEqual([
    false,
    true,
    true,
  ])
  expect(JSON.stringify(lines)).toContain('A part of this answer was changed or damaged')
  expect(lines.at(-2)?.type).toBe('call')
  expect(await textOf(tally, id, 'markdown')).toMatch(/> This message was changed or damaged/)
  Chatgpt.parse(JSON.parse(await textOf(tally, id, 'chatgpt')))
  expect(tally.parts.errors).toEqual([])
})

test('the file is saved under the title, whatever is in it; HEAD says the same', async () => {
  const { tally, id } = await filled()
  const types = {
    markdown: 'text/markdown',
    jsonl: 'application/jsonl',
    chatgpt: 'application/json',
  }
  for (const [format, type] of Object.entries(types)) {
    for (const method of ['GET', 'HEAD']) {
      const response = await get(tally, id, format, { method })
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toBe(`${type}; charset=utf-8`)
      expect(response.headers.get('content-disposition')).toMatch(
        /^attachment; filename="Gr_e 1 2 _Oslo_\.\w+"; filename\*=UTF-8''Gr%C3%B6%C3%9Fe%201%202%20%E2%80%9COslo%E2%80%9D\.\w+$/,
      )
      expect((await response.text()) === '').toBe(method === 'HEAD')
    }
  }
})
