import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { Conversation, Run } from '#shared/api.ts'
import { isEnding, type StoredRunEvent } from '#shared/run-event.ts'
import type { Item } from '../upstream/types.ts'
import { openDatabase } from '../db/open.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import { storedRun } from '../testing/event-log.ts'
import { readEvents, says, startRuns, textOf } from '../testing/runs.ts'

const json = { 'Content-Type': 'application/json' }

/** A run in a process of its own, seen until `enough` of its events came, then kill -9. */
async function killedMidStream(folder: string, enough: number) {
  const child = spawn(process.execPath, [
    join(import.meta.dirname, '..', 'testing', 'child.ts'),
    folder,
  ])
  onTestFinished(() => void child.kill('SIGKILL'))
  const [port] = await once(child.stdout, 'data')
  const url = `http://127.0.0.1:${String(port).trim()}`
  const post = (path: string, body: object) =>
    fetch(url + path, { method: 'POST', headers: json, body: JSON.stringify(body) })
  const { id } = Conversation.parse(await (await post('/api/conversations', {})).json())
  const run = Run.parse(
    await (await post(`/api/conversations/${id}/runs`, { text: 'Count' })).json(),
  )
  const seen: StoredRunEvent[] = []
  const read = async () => {
    for await (const stored of readEvents(await fetch(url + `/api/runs/${run.id}/events`))) {
      seen.push(stored)
      if (seen.length === enough) child.kill('SIGKILL')
    }
  }
  const reading = read().catch(() => {})
  await once(child, 'exit')
  await reading
  return { run, seen }
}

test.each([1, 7, 150])(
  'kill -9 after %i events loses nothing that was shown',
  async (enough) => {
    const folder = temporaryFolder()
    const { run, seen } = await killedMidStream(folder, enough)
    expect(seen.length).toBeGreaterThanOrEqual(enough)

    const histories: Item[][] = []
    const tally = await startRuns(
      async (next) => {
        histories.push(next.history)
        return says('Going on')(next)
      },
      { folder },
    )
    const events = await tally.ended(run.id)
    expect(events.slice(0, seen.length)).toEqual(seen)
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
    expect(events.filter(({ event }) => isEnding(event))).toEqual([events.at(-1)])
    expect(events.at(-1)?.event).toMatchObject({ status: 'interrupted' })

    const { messages, activeRunId } = await tally.conversation(run.conversationId)
    expect(activeRunId).toBeNull()
    expect(messages.at(-1)).toMatchObject({ status: 'interrupted', runId: run.id })
    const text = textOf(events)
    expect(
      messages
        .at(-1)
        ?.parts.map((part) => ('text' in part ? part.text : ''))
        .join(''),
    ).toBe(text)
    const tools = messages.at(-1)?.parts.filter((part) => part.type === 'tool_call')
    for (const tool of tools ?? []) expect(tool.status).toBe('unknown')

    await tally.ended((await tally.start(run.conversationId, { text: 'Go on' })).id)
    const told = JSON.stringify(histories[0])
    expect(told).toContain(JSON.stringify(text).slice(1, -1))
    expect(histories[0]).toHaveLength(text === '' ? 2 : 3)
  },
  30_000,
)

test('a run that had said nothing when the process died is ended as well', async () => {
  const folder = temporaryFolder()
  const db = await openDatabase(join(folder, 'tally.db'))
  const runId = await storedRun(db)
  await db.close()
  const tally = await startRuns(says('never'), { folder })
  const events = await tally.ended(runId)
  expect(events.map(({ event }) => event.type)).toEqual(['run', 'done'])
  expect(await tally.run(runId)).toMatchObject({ status: 'interrupted', lastSeq: 2 })
})
