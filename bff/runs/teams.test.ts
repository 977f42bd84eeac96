// Who holds a conversation: rules, handoffs and the person's own choice, over real HTTP.
import { expect, test } from 'vitest'
import type { Run } from '#shared/api.ts'
import { UsageSummary } from '#shared/api.ts'
import type { Script } from '../../e2e/fake-upstream.ts'
import { agentWith } from '../testing/begin-run.ts'
import { heldTally } from '../testing/budgets.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'

const triage = agentWith([], {
  handoffs: ['refunds'],
  router: ({ user }, message) =>
    user.tier === 'standard' && message.includes('invoice')
      ? { agent: 'billing', rule: 'invoices' }
      : null,
})
const specialist = (name: string) =>
  agentWith([], {
    name,
    entry: false,
    handoffs: ['assistant'],
    instructions: `You are ${name}.`,
    ...(name === 'billing' && { history: (items) => items.slice(-1) }),
  })
const agents = new Map(
  [triage, specialist('refunds'), specialist('billing')].map((agent) => [agent.name, agent]),
)
const findAgent = (name: string) => agents.get(name)

/** Hands over where the last message says so. */
const script: Script = ({ body }) => {
  const messages = Array.isArray(body['messages']) ? body['messages'] : []
  const last = JSON.stringify(messages.at(-1))
  const to = /go to (\w+)/.exec(last)?.[1]
  return to === undefined
    ? { parts: [{ text: 'Here I am.' }] }
    : { parts: [{ call: { name: `transfer_to_${to}`, arguments: {} } }] }
}

const start = (folder = temporaryFolder()) => heldTally(script, {}, { folder, findAgent })

test('a rule of the router chooses for the first message alone, and the thread says which', async () => {
  const { tally, upstream } = await start()
  const run = await tally.say('My invoice')
  expect(await tally.over(run)).toContainEqual(
    expect.objectContaining({ type: 'agent', name: 'billing', by: 'router', rule: 'invoices' }),
  )
  const { agent, messages } = await tally.conversation(run.conversationId)
  expect([agent, messages[1]?.agent]).toEqual(['billing', 'billing'])
  const next = await tally.start(run.conversationId, { text: 'Another question' })
  expect((await tally.over(next)).some(({ type }) => type === 'agent')).toBe(false)
  const sent = JSON.stringify(upstream.calls.at(-1)?.body)
  expect(sent).toContain('You are billing.')
  // Its history is filtered.
  expect(sent).not.toContain('My invoice')
})

test('a handoff holds for the next message and after a restart, and goes back', async () => {
  const folder = temporaryFolder()
  const before = await start(folder)
  const run = await before.tally.say('go to refunds')
  const holders = async (tally: typeof before.tally, { id }: Run) =>
    (await tally.ended(id)).flatMap(({ event }) => (event.type === 'agent' ? [event.name] : []))
  expect(await holders(before.tally, run)).toEqual(['refunds'])
  expect((await before.tally.conversation(run.conversationId)).agent).toBe('refunds')
  await before.tally.parts.end()

  const { tally, upstream } = await heldTally(before.upstream, {}, { folder, findAgent })
  const next = await tally.start(run.conversationId, { text: 'Hello?' })
  expect(next.agent).toBe('refunds')
  expect(await holders(tally, next)).toEqual([])
  expect(JSON.stringify(upstream.calls.at(-1)?.body)).toContain('You are refunds.')
  const back = await tally.start(run.conversationId, { text: 'go to assistant' })
  expect(await holders(tally, back)).toEqual(['assistant'])

  const usage = UsageSummary.parse(
    await (await tally.request('/api/usage/summary?by=agent')).json(),
  )
  expect(usage.groups.map(({ key }) => key)).toEqual(
    expect.arrayContaining(['assistant', 'refunds']),
  )
  // The other branch is held by who held it there.
  const chosen = { selectedMessageId: next.messageId }
  await tally.send('PATCH', `/api/conversations/${run.conversationId}`, chosen)
  const again = await tally.start(run.conversationId, { retryOf: next.messageId })
  await tally.over(again)
  expect(again.agent).toBe('refunds')
  await tally.send('PATCH', `/api/conversations/${run.conversationId}`, chosen)
  expect((await tally.conversation(run.conversationId)).agent).toBe('assistant')
})

test('a person can send a message to another agent', async () => {
  const { tally } = await start()
  const run = await tally.say('Hello')
  await tally.over(run)
  const next = await tally.start(run.conversationId, { text: 'You now', agent: 'refunds' })
  expect(await tally.over(next)).toContainEqual(
    expect.objectContaining({
      type: 'agent',
      name: 'refunds',
      previous: 'assistant',
      by: 'person',
    }),
  )
  expect((await tally.conversation(run.conversationId)).agent).toBe('refunds')
  const unknown = { text: 'Hi', agent: 'nobody' }
  const refused = await tally.send('POST', `/api/conversations/${run.conversationId}/runs`, unknown)
  expect(refused.status).toBe(400)
})
