// Words for the running agent, over real HTTP and SQLite, with the real agent in front of a fake upstream.
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Run } from '#shared/api.ts'
import { messageText } from '#shared/message-text.ts'
import { MessageQueue, QueuedMessage } from '#shared/queue.ts'
import { barrier } from '../../e2e/scripts.ts'
import type { FakeUpstream, Script } from '../../e2e/fake-upstream.ts'
import { defineTool } from '../runtime/define-tool.ts'
import { agentWith } from '../testing/begin-run.ts'
import { approvals, call, END, only, refunds, startAsking } from '../testing/asking-agent.ts'
import { heldTally } from '../testing/budgets.ts'
import { hangsAfter, says, type StartedRuns, startRuns } from '../testing/runs.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import type { AgentDefinition } from '../runtime/define-agent.ts'
import { claimSteers } from './queue-store.ts'

/** An agent whose tool takes until it is released, once for each call. */
async function startLooking(script: Script, more: Partial<AgentDefinition> = {}) {
  const waiting: PromiseWithResolvers<void>[] = []
  const inspect = defineTool({
    name: 'inspect',
    description: 'Looks.',
    parameters: z.object({ at: z.string() }),
    execute: async ({ at }) => {
      const release = Promise.withResolvers<void>()
      waiting.push(release)
      await release.promise
      return `Saw ${at}.`
    },
  })
  const agent = agentWith([inspect], more)
  const held = await heldTally(script, {}, { findAgent: () => agent })
  const looked = async (nth: number) => {
    await expect.poll(() => waiting.length, { timeout: 10_000 }).toBe(nth)
    return { release: () => waiting[nth - 1]?.resolve() }
  }
  return { ...held, looked }
}

const INSPECT = (at: string) => call('inspect', { at }, `call_${at}`)

const steer = (tally: StartedRuns, run: Run, text: string) =>
  tally.send('POST', `/api/runs/${run.id}/steer`, { text })

/** The input of a request, from the first question on. */
function inputOf(upstream: FakeUpstream, at: number): string[] {
  const { messages } = upstream.calls[at]?.body ?? {}
  if (!Array.isArray(messages)) throw new Error('It has no messages.')
  return messages
    .filter(({ role }) => role !== 'system')
    .map(({ role, content }) => (content ? `${role}: ${content}` : role))
}

async function queueOf(tally: StartedRuns, { conversationId }: Run): Promise<MessageQueue> {
  const response = await tally.request(`/api/conversations/${conversationId}/queue`)
  return MessageQueue.parse(await response.json())
}

test('the agent is told before its next request, and every later one says it in the same place', async () => {
  const { tally, upstream, looked } = await startLooking([INSPECT('A'), INSPECT('B'), END, END])
  const run = await tally.say('Look around')
  const first = await looked(1)
  const response = await steer(tally, run, 'Only on the left')
  expect(response.status).toBe(202)
  expect(await response.json()).toMatchObject({ text: 'Only on the left', steers: true })
  await steer(tally, run, 'And quickly')
  expect((await queueOf(tally, run)).items).toHaveLength(2)
  first.release()
  const second = await looked(2)
  expect((await queueOf(tally, run)).items).toEqual([])
  second.release()
  const events = await tally.over(run)

  const told = [
    'user: Look around',
    'assistant',
    'tool: Saw A.',
    // Neighbours of one role are sent as one.
    'user: Only on the left\n\nAnd quickly',
  ]
  expect(inputOf(upstream, 1)).toEqual(told)
  expect(inputOf(upstream, 2)).toEqual([...told, 'assistant', 'tool: Saw B.'])
  const order = ['usage', 'tool_result', 'steer']
  const types = events.map(({ type }) => type).filter((type) => order.includes(type))
  expect(types.join(' ')).toBe('usage tool_result steer steer usage tool_result usage')

  const { messages } = await tally.conversation(run.conversationId)
  expect(messages.at(-1)?.parts.map((part) => ('kind' in part ? part.kind : part.type))).toEqual([
    'tool_call',
    'steer',
    'steer',
    'tool_call',
    'text',
  ])
  await tally.over(await tally.start(run.conversationId, { text: 'Thanks' }))
  expect(inputOf(upstream, 3)).toEqual([
    ...told,
    'assistant',
    'tool: Saw B.',
    'assistant: All done.',
    'user: Thanks',
  ])
})

test('a run that makes no other request leaves the words to the next message', async () => {
  const gate = barrier()
  const { tally, upstream } = await startLooking([
    { parts: [{ text: 'Nothing' }, gate.part, { text: ' to see.' }] },
    END,
  ])
  const run = await tally.say('Look around')
  await expect.poll(() => upstream.calls.length).toBe(1)
  await tally.send('POST', `/api/conversations/${run.conversationId}/queue`, { text: 'Later' })
  await steer(tally, run, 'Look again')
  gate.open()
  await expect.poll(async () => (await queueOf(tally, run)).items).toEqual([])
  await expect
    .poll(async () => (await tally.conversation(run.conversationId)).activeRunId)
    .toBeNull()
  const { messages } = await tally.conversation(run.conversationId)
  const questions = messages.filter(({ role }) => role === 'user')
  expect(questions.map((message) => messageText(message))).toEqual([
    'Look around',
    'Look again',
    'Later',
  ])
  const late = await steer(tally, run, 'Too late')
  expect(await late.json()).toMatchObject({ status: 409, code: 'run_over' })
  expect((await queueOf(tally, run)).items).toEqual([])
  expect((await steer(tally, { ...run, id: 'nobody' }, 'Hi')).status).toBe(404)
})

test('words that are changed or removed in time are told as they are', async () => {
  const { tally, upstream, looked } = await startLooking([INSPECT('A'), END])
  const run = await tally.say('Look around')
  const first = await looked(1)
  const { id } = QueuedMessage.parse(await (await steer(tally, run, 'Left')).json())
  const gone = QueuedMessage.parse(await (await steer(tally, run, 'Right')).json())
  const path = `/api/conversations/${run.conversationId}/queue`
  await tally.send('PATCH', `${path}/${id}`, { text: 'Up' })
  await tally.send('DELETE', `${path}/${gone.id}`)
  first.release()
  await tally.over(run)
  expect(inputOf(upstream, 1).slice(-1)).toEqual(['user: Up'])
})

test('a guardrail checks the words; blocked ones are not told', async () => {
  const noSecrets = {
    name: 'secrets',
    check: async (text: string) => (text.includes('secret') ? 'It is a secret.' : null),
  }
  const { tally, upstream, looked } = await startLooking([INSPECT('A'), END], {
    inputGuardrails: [noSecrets],
  })
  const run = await tally.say('Look around')
  const first = await looked(1)
  await steer(tally, run, 'The secret is 42')
  first.release()
  const events = await tally.over(run)
  expect(events.at(-1)).toMatchObject({ type: 'done', status: 'stopped', reason: 'guardrail' })
  expect(events.filter(({ type }) => type === 'steer')).toEqual([])
  expect(upstream.calls).toHaveLength(1)
  expect(await queueOf(tally, run)).toMatchObject({
    held: 'stopped',
    items: [{ text: 'The secret is 42' }],
  })
})

test('a run that waits is told when it goes on, in the next process', async () => {
  const folder = temporaryFolder()
  const { tally, upstream } = await startAsking([refunds(50), END], { folder })
  const run = await tally.say('Refund')
  const asked = only(await approvals(tally, run))
  expect((await steer(tally, run, 'And say sorry')).status).toBe(202)
  await tally.parts.end()

  const next = await startAsking(upstream, { folder })
  const { waitId, argumentsHash } = asked
  await next.tally.decide(run, { waitId, decision: 'approve', argumentsHash, scope: 'once' })
  const events = await next.tally.over(run)
  expect(events.filter(({ type }) => type === 'steer')).toMatchObject([{ text: 'And say sorry' }])
  expect(inputOf(upstream, 1)).toEqual([
    'user: Refund',
    'assistant',
    'tool: Paid 50.',
    'user: And say sorry',
  ])
})

test('words that were about to be told when the process ended are the next message', async () => {
  const folder = temporaryFolder()
  const before = await startRuns(hangsAfter('Half'), { folder })
  const run = await before.say('Look around')
  const said = QueuedMessage.parse(await (await steer(before, run, 'Only left')).json())
  expect(await claimSteers(before.parts.db, run.id)).toEqual([{ id: said.id, text: 'Only left' }])
  expect((await queueOf(before, run)).items).toEqual([])
  const path = `/api/conversations/${run.conversationId}/queue/${said.id}`
  expect((await before.send('PATCH', path, { text: 'Too late' })).status).toBe(404)
  expect((await before.send('DELETE', path)).status).toBe(404)
  expect((await before.send('POST', `${path}/send`)).status).toBe(404)
  await before.parts.end()

  const tally = await startRuns(says('Later'), { folder })
  const texts = async () => {
    const { messages } = await tally.conversation(run.conversationId)
    return messages.map((message) => messageText(message))
  }
  await expect.poll(texts).toEqual(['Look around', 'Half', 'Only left', 'Later'])
  expect((await queueOf(tally, run)).items).toEqual([])
})
