// kill -9 around the moment when a person approves a call: whatever was under way, it is executed at most
// once, and its card says so when it may have taken effect.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { Conversation, Run } from '#shared/api.ts'
import type { RunEvent } from '#shared/run-event.ts'
import { type FakeUpstream, startFakeUpstream } from '../../e2e/fake-upstream.ts'
import { type Approval, END } from '../testing/asking-agent.ts'
import { type HeldTally, heldTally } from '../testing/budgets.ts'
import { paidOut, payoutAgent } from '../testing/payout-agent.ts'
import { readEvents } from '../testing/runs.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'

const HEADERS = { 'Content-Type': 'application/json' }
const LONG_MS = 600_000

interface Doomed {
  folder: string
  run: Run
  upstream: FakeUpstream
  /** In the order of the calls. */
  asked: Approval[]
  approve: (asked?: Approval) => Promise<Response>
  /** Resolves when a reader has seen the event. */
  saw: (matches: (event: RunEvent) => boolean) => Promise<void>
  killed: () => Promise<void>
}

/** A process whose run waits for approvals of these amounts. */
async function doomed(amounts: number[], lastsMs: number): Promise<Doomed> {
  const calls = amounts.map((amount) => ({
    call: { name: 'pay_out', arguments: { amount }, id: `call_${amount}` },
  }))
  const upstream = await startFakeUpstream([{ parts: calls }, END])
  onTestFinished(() => upstream.close())
  const folder = temporaryFolder()
  const file = join(import.meta.dirname, '..', 'testing', 'payout-child.ts')
  const child = spawn(process.execPath, [file, folder, upstream.baseUrl, `${lastsMs}`])
  onTestFinished(() => void child.kill('SIGKILL'))
  const exited = once(child, 'exit')
  const [port] = await once(child.stdout, 'data')
  const url = `http://127.0.0.1:${String(port).trim()}`
  const post = (path: string, body: object) =>
    fetch(url + path, { method: 'POST', headers: HEADERS, body: JSON.stringify(body) })
  const { id } = Conversation.parse(await (await post('/api/conversations', {})).json())
  const run = Run.parse(await (await post(`/api/conversations/${id}/runs`, { text: 'Pay' })).json())
  const saw = async (matches: (event: RunEvent) => boolean) => {
    for await (const { event } of readEvents(await fetch(`${url}/api/runs/${run.id}/events`))) {
      if (matches(event)) return
    }
  }
  const asked: Approval[] = []
  await saw((event) => {
    if (event.type === 'waiting' && event.kind === 'approval') asked.push(event)
    return asked.length === amounts.length
  })
  const approve = (wait = asked[0]) => post(`/api/runs/${run.id}/decisions`, approval(wait))
  const killed = async () => {
    child.kill('SIGKILL')
    await exited
  }
  return { folder, run, upstream, asked, approve, saw, killed }
}

function approval(asked: Approval | undefined) {
  if (asked === undefined) throw new Error('It does not wait.')
  const { waitId, argumentsHash } = asked
  return { waitId, decision: 'approve', argumentsHash, scope: 'once' } as const
}

/** The next process. What still waits is approved again, as a person does who sees no result. */
async function afterwards({ folder, run, upstream, asked }: Doomed) {
  const findAgent = () => payoutAgent(folder, 0)
  const { tally } = await heldTally(upstream, {}, { folder, findAgent })
  for (const each of asked) {
    expect([200, 409]).toContain((await tally.decide(run, approval(each))).status)
  }
  const events = await tally.over(run)
  const { messages } = await tally.conversation(run.conversationId)
  const calls = (messages.at(-1)?.parts ?? []).filter((part) => part.type === 'tool_call')
  return { tally, events, statuses: calls.map(({ status }) => status) }
}

/** A third process executes nothing either. */
async function staysAt(paid: number[], { folder, run, upstream }: Doomed, tally: HeldTally) {
  await tally.parts.end()
  const last = await heldTally(upstream, {}, { folder, findAgent: () => payoutAgent(folder, 0) })
  await last.tally.over(run)
  expect(paidOut(folder)).toEqual(paid)
}

type Moment = (before: Doomed) => Promise<unknown>

const seen =
  (matches: (event: RunEvent) => boolean): Moment =>
  ({ approve, saw }) =>
    Promise.all([saw(matches), approve()])
const decided =
  (ms: number): Moment =>
  ({ approve }) =>
    approve().then(() => (ms > 0 ? sleep(ms) : undefined))

const MOMENTS: [string, Moment][] = [
  ['before it is approved', () => Promise.resolve()],
  ['while the approval is sent', async ({ approve }) => void approve().catch(() => {})],
  ['with the response', decided(0)],
  ['1 ms after the response', decided(1)],
  ['4 ms after the response', decided(4)],
  ['with the decision', seen(({ type }) => type === 'decision')],
  ['with its start', seen((event) => event.type === 'tool_call' && event.phase === 'running')],
]

test.each(MOMENTS)(
  'a call is executed at most once and says so, killed %s',
  async (_, moment) => {
    const before = await doomed([50], LONG_MS)
    await moment(before)
    await before.killed()
    const begun = paidOut(before.folder)
    expect(begun.length).toBeLessThanOrEqual(1)

    const { tally, events, statuses } = await afterwards(before)
    const paid = paidOut(before.folder)
    const isStarted = events.some(
      (event) => event.type === 'tool_call' && event.phase === 'running',
    )
    const end = { isStarted, paid, statuses }
    const done = { isStarted: true, paid: [50], statuses: ['done'] }
    const unknown = { isStarted: true, paid: begun, statuses: ['unknown'] }
    // If it had not begun, it may still have died after its start was written: then nobody knows.
    expect(begun.length === 1 ? [unknown] : [done, unknown]).toContainEqual(end)
    await staysAt(paid, before, tally)
  },
  60_000,
)

test('a call that was running at kill -9 is unknown and does not run again', async () => {
  const before = await doomed([50], LONG_MS)
  expect((await before.approve()).status).toBe(200)
  await expect.poll(() => paidOut(before.folder), { timeout: 20_000 }).toEqual([50])
  await before.killed()
  const { tally, events, statuses } = await afterwards(before)
  expect(statuses).toEqual(['unknown'])
  expect(events.at(-1)).toMatchObject({ type: 'done', status: 'interrupted' })
  await staysAt([50], before, tally)
}, 60_000)

test('a call that had ended at kill -9 keeps its result', async () => {
  const before = await doomed([50], 0)
  const ended = before.saw(({ type }) => type === 'tool_result')
  await before.approve()
  await ended
  await before.killed()
  const { tally, statuses } = await afterwards(before)
  expect(statuses).toEqual(['done'])
  await staysAt([50], before, tally)
}, 60_000)

test('a call that was approved and had not begun at kill -9 runs exactly once', async () => {
  // The tool executes one call at a time, so the second is approved and waits for the first.
  const before = await doomed([50, 60], LONG_MS)
  const [first, second] = before.asked
  await before.approve(first)
  await expect.poll(() => paidOut(before.folder), { timeout: 20_000 }).toEqual([50])
  expect((await before.approve(second)).status).toBe(200)
  await before.killed()
  const { tally, events, statuses } = await afterwards(before)
  expect(statuses).toEqual(['unknown', 'done'])
  expect(events.at(-1)).toMatchObject({ type: 'done', status: 'completed' })
  await staysAt([50, 60], before, tally)
}, 60_000)
