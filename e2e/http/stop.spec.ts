import { Problem, Run } from '#shared/api.ts'
import { isEnding } from '#shared/run-event.ts'
import { expect, test } from '../fixtures.ts'
import { chatCalls, chats, barrier } from '../scripts.ts'

test.use({ provider: { upstream: 'fake', api: 'responses' } })

const STALLED = { parts: [{ text: 'Half' }, { fault: 'stall' as const }] }

test('repeated stop requests end the run once', async ({ api, fake }) => {
  fake.setScript(chats(STALLED))
  const run = await api.say('Hello')
  for await (const { event } of api.follow(run.id)) if (event.type === 'token') break

  const answers = await Promise.all([1, 2, 3].map(() => api.post(`/api/runs/${run.id}/stop`)))
  for (const answer of answers) expect(answer.ok).toBe(true)
  const events = await api.ended(run)
  expect(events.at(-1)?.event).toMatchObject({ type: 'done', status: 'stopped' })
  expect(events.filter(({ event }) => isEnding(event))).toHaveLength(1)
  await chatCalls(fake)[0]?.over

  const late = await api.post(`/api/runs/${run.id}/stop`)
  expect(late.ok).toBe(true)
  expect(await api.ended(run)).toEqual(events)
})

test('a reader that disconnects does not stop the run', async ({ api, fake }) => {
  const gate = barrier()
  fake.setScript(chats({ parts: [{ text: 'Half' }, gate.part, { text: ' and half' }] }))
  const run = await api.say('Hello')
  for await (const { event } of api.follow(run.id)) if (event.type === 'token') break
  gate.open()

  expect((await api.ended(run)).at(-1)?.event).toMatchObject({ status: 'completed' })
})

test('a conversation has at most one active run', async ({ api, fake }) => {
  fake.setScript(chats(STALLED))
  const run = await api.say('Hello')
  const second = await api.post(`/api/conversations/${run.conversationId}/runs`, { text: 'And?' })

  expect(second.status).toBe(409)
  expect(Problem.parse(await second.json()).code).toBe('run_active')
  expect((await api.conversation(run.conversationId)).activeRunId).toBe(run.id)
  expect((await api.conversations()).items[0]?.activeRunId).toBe(run.id)
  await api.post(`/api/runs/${run.id}/stop`)
  await api.ended(run)
  expect((await api.conversation(run.conversationId)).activeRunId).toBeNull()
})

test('the same Idempotency-Key starts one run, even concurrently', async ({ api, fake }) => {
  fake.setScript(chats(STALLED))
  const { id } = await api.createConversation()
  const headers = { accept: 'application/json', 'idempotency-key': 'one-submit' }
  const submit = () => api.post(`/api/conversations/${id}/runs`, { text: 'Hello' }, headers)

  const answers = await Promise.all([submit(), submit(), submit()])
  const runs = await Promise.all(answers.map(async (answer) => Run.parse(await answer.json())))
  expect(new Set(runs.map((run) => run.id)).size).toBe(1)
  await fake.called(1)
  expect(chatCalls(fake)).toHaveLength(1)

  const other = await api.post(`/api/conversations/${id}/runs`, { text: 'Something else' }, headers)
  expect(other.status).toBe(409)
  expect(Problem.parse(await other.json()).code).toBe('idempotency_conflict')

  await api.post(`/api/runs/${runs[0]?.id ?? ''}/stop`)
  await api.ended(runs[0] ?? { id: '' })
  const later = Run.parse(await (await submit()).json())
  expect(later.id).toBe(runs[0]?.id)
  expect((await api.conversation(id)).messages).toHaveLength(2)
})

test('two readers of a run get the same events from any cursor', async ({ api, fake }) => {
  const gate = barrier()
  fake.setScript(chats({ parts: [{ text: 'Begin' }, gate.part, { text: ' and end' }], chars: 2 }))
  const run = await api.say('Hello')
  const early = api.ended(run)
  for await (const { event } of api.follow(run.id)) if (event.type === 'token') break
  const late = Array.fromAsync(api.follow(run.id, 1))
  gate.open()

  const [all, rest] = await Promise.all([early, late])
  expect(rest).toEqual(all.slice(1))
})

test('a deleted conversation stops its run', async ({ api, fake }) => {
  fake.setScript(chats(STALLED))
  const run = await api.say('Hello')
  await fake.called(1)
  const init = { method: 'DELETE', headers: { 'content-type': 'application/json' } }
  await api.request(`/api/conversations/${run.conversationId}`, init)

  await chatCalls(fake)[0]?.over
  expect(chatCalls(fake)[0]?.closedEarly).toBe(true)
})
