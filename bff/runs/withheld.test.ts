// What a guardrail blocks is nowhere to be read: over HTTP, in the file, and in the next request.
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sql } from 'kysely'
import { agentWith } from '../testing/begin-run.ts'
import { agentTool } from '../runtime/agent-tool.ts'
import type { AgentDefinition } from '../runtime/define-agent.ts'
import type { Guardrail } from '../runtime/guardrails.ts'
import type { Script } from '../../e2e/fake-upstream.ts'
import { type HeldTally, heldTally } from '../testing/budgets.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import { textOf } from '../testing/runs.ts'
import { search } from '../testing/search.ts'

const SECRET = 'The word is xyzzy.'
const noXyzzy: Guardrail<string> = {
  name: 'secret words',
  check: (text) => (text.includes('xyzzy') ? 'It contains a secret word.' : null),
}

async function guarded(script: Script, agents: AgentDefinition[], folder?: string) {
  return heldTally(
    script,
    {},
    {
      idleTimeoutMs: 60_000,
      findAgent: (name) => agents.find((agent) => agent.name === name),
      ...(folder !== undefined && { folder }),
    },
  )
}

const checked = agentWith([], { inputGuardrails: [noXyzzy], outputGuardrails: [noXyzzy] })

/** Every text in the file, also of deleted rows that the journal may still hold. */
async function stored({ parts }: HeldTally): Promise<string> {
  const tables = ['run_events', 'run_journal', 'items', 'nested_items', 'messages']
  const texts = tables.map(async (table) => {
    const { rows } = await sql`select * from ${sql.table(table)}`.execute(parts.db.kysely)
    return JSON.stringify(rows)
  })
  return (await Promise.all(texts)).join('\n')
}

function found({ parts }: HeldTally, words: string) {
  return search(parts.db, words)
}

test('a withheld answer is in no replay, page, file or next request', async () => {
  const { tally, upstream } = await guarded(
    [
      { parts: [{ reasoning: 'Say xyzzy?' }, { text: SECRET }], chars: 4 },
      { parts: [{ text: 'Hello.' }] },
    ],
    [checked],
  )
  const run = await tally.say('What is it?')
  await tally.ended(run.id)
  const replayed = await tally.ended(run.id)
  expect(replayed.map(({ seq }) => seq)).toEqual(replayed.map((_, index) => index + 1))
  expect(JSON.stringify(replayed)).not.toContain('xyzzy')
  expect(textOf(replayed)).toBe('')
  expect(replayed.at(-1)?.event).toMatchObject({ status: 'stopped', reason: 'guardrail' })
  expect(await stored(tally)).not.toContain('xyzzy')

  const { messages } = await tally.conversation(run.conversationId)
  expect(messages.at(-1)).toMatchObject({
    withheld: true,
    parts: [{ kind: 'guardrail', text: 'Blocked by secret words: It contains a secret word.' }],
  })
  await tally.ended((await tally.start(run.conversationId, { text: 'And now?' })).id)
  const next = JSON.stringify(upstream.calls[1]?.body)
  expect(next).not.toContain('xyzzy')
  expect(next).toContain('[This answer was withheld by secret words.]')
})

test('a reader who has seen a part reads on without the rest', async () => {
  const held = Promise.withResolvers<void>()
  const { tally } = await guarded(
    { parts: [{ text: `${SECRET} And more` }, { wait: held.promise }, { text: ' of it.' }] },
    [checked],
  )
  const run = await tally.say('What is it?')
  const seen = []
  for await (const stored of tally.follow(run.id)) {
    seen.push(stored)
    if (textOf(seen).includes('xyzzy')) held.resolve()
  }
  expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_, index) => index + 1))
  expect(JSON.stringify(await tally.ended(run.id))).not.toContain('xyzzy')
})

test('an answer of many commits is taken back from the log, beside another run', async () => {
  const held = Promise.withResolvers<void>()
  let asked = 0
  const { tally } = await guarded(() => {
    asked += 1
    return asked === 1
      ? { parts: [{ text: 'Other words ' }, { wait: held.promise }, { text: 'go on.' }] }
      : { parts: [{ text: `${SECRET} `.repeat(200) }], chars: 20, everyMs: 1 }
  }, [checked])
  const other = await tally.say('Something else')
  for await (const { event } of tally.follow(other.id)) if (event.type === 'token') break
  const run = await tally.say('What is it?')
  await tally.ended(run.id)
  expect(await stored(tally)).not.toContain('xyzzy')
  held.resolve()
  expect(textOf(await tally.ended(other.id))).toBe('Other words go on.')
  expect(tally.parts.errors).toEqual([])
})

test('a blocked message costs nothing and is not sent with the next one', async () => {
  const { tally, upstream } = await guarded({ parts: [{ text: 'Hello.' }] }, [checked])
  const run = await tally.say('Say xyzzy.')
  const events = await tally.ended(run.id)
  expect(events.map(({ event }) => event.type)).toEqual(['run', 'guardrail', 'done'])
  expect(events.at(-1)?.event).toMatchObject({ status: 'stopped', reason: 'guardrail' })
  const receipt = await tally.request(`/api/runs/${run.id}/calls`)
  expect(await receipt.json()).toMatchObject({ items: [] })
  expect(upstream.calls).toHaveLength(0)

  await tally.ended((await tally.start(run.conversationId, { text: 'Hello' })).id)
  const sent = JSON.stringify(upstream.calls[0]?.body)
  expect(sent).not.toContain('xyzzy')
  expect(sent).toContain('[This message was blocked by secret words.]')
  const { messages } = await tally.conversation(run.conversationId)
  expect(JSON.stringify(messages[0]?.parts)).toContain('Say xyzzy.')
})

test('a nested answer that is withheld is stored nowhere either', async () => {
  const research = agentTool({ name: 'research', description: 'Asks.', agent: 'researcher' })
  const researcher = { ...checked, name: 'researcher', entry: false }
  const { tally } = await guarded(
    [
      { parts: [{ call: { name: 'research', arguments: { input: 'The word?' } } }] },
      { parts: [{ text: SECRET }] },
      { parts: [{ text: 'I do not know.' }] },
    ],
    [agentWith([research]), researcher],
  )
  const run = await tally.say('Ask.')
  await tally.ended(run.id)
  const events = await tally.ended(run.id)
  expect(textOf(events)).toBe('I do not know.')
  expect(await stored(tally)).not.toContain('xyzzy')
})

test('a withheld answer is not found, and its question is', async () => {
  const { tally } = await guarded({ parts: [{ text: SECRET }] }, [checked])
  const run = await tally.say('Which wombat?')
  await tally.ended(run.id)
  await expect.poll(() => found(tally, 'wombat')).toHaveLength(1)
  expect(await found(tally, 'xyzzy')).toEqual([])
})

test('an answer that a crash cuts off is checked at the next start', async () => {
  const { tally } = await guarded({ parts: [{ text: SECRET }, { wait: new Promise(() => {}) }] }, [
    checked,
  ])
  const run = await tally.say('What is it?')
  for await (const { event } of tally.follow(run.id)) if (event.type === 'token') break
  const folder = temporaryFolder()
  // The files as a crash leaves them.
  for (const name of ['tally.db', 'tally.db-wal']) {
    copyFileSync(join(tally.parts.folder, name), join(folder, name))
  }
  const next = await guarded({}, [checked], folder)
  const events = await next.tally.ended(run.id)
  expect(events.map(({ event }) => event.type)).toContain('guardrail')
  expect(events.at(-1)?.event).toMatchObject({ type: 'done', status: 'interrupted' })
  expect(await stored(next.tally)).not.toContain('xyzzy')
})
