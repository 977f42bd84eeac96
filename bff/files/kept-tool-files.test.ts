import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { purgeConversations } from '../conversations/change-store.ts'
import type { Script } from '../testing/assemble.ts'
import { png } from '../testing/images.ts'
import { aborted, startRuns } from '../testing/runs.ts'
import { toolResultItem } from '../upstream/items.ts'
import { filesOf } from './file-store.ts'

const IMAGE = { name: 'chart.png', content: png(40, 30) }

test('files are kept while their answer runs, and deleted with the last conversation', async () => {
  let days = 0
  const now = () => new Date(Date.now() + days * 24 * 60 * 60_000)
  const script: Script = async (run) => {
    const { parts, content } = await tally.parts.files.keepOfTool([IMAGE])
    const named = { callId: 'call_1', name: 'draw' }
    const result = { status: 'ok', output: 'Drawn.', durationMs: 1, files: parts } as const
    await run.emit({ type: 'tool_call', ...named, agent: 'assistant', phase: 'running' })
    await run.emit({ type: 'tool_result', ...named, ...result })
    await run.storeItems([toolResultItem('call_1', 'draw', 'Drawn.', content)])
    if (days === 0) await aborted(run.signal)
    return { status: days === 0 ? 'stopped' : 'completed' }
  }
  const tally = await startRuns(script, { now })
  const { files, db, folder } = tally.parts
  const onDisk = () => readdirSync(join(folder, 'files'))
  const first = await tally.create()
  const run = await tally.start(first.id)
  for await (const { event } of tally.follow(run.id)) if (event.type === 'tool_result') break
  days = 3
  await files.clean()
  expect(onDisk()).toHaveLength(1)
  await tally.send('POST', `/api/runs/${run.id}/stop`)
  await tally.ended(run.id)
  const second = await tally.create()
  await tally.ended((await tally.start(second.id)).id)
  expect(onDisk()).toHaveLength(1)
  for (const [index, { id }] of [first, second].entries()) {
    expect(await filesOf(db, id)).toMatchObject([{ name: 'chart.png' }])
    await tally.send('DELETE', `/api/conversations/${id}`)
    await purgeConversations(db, () => true)
    await files.clean()
    expect(onDisk()).toHaveLength(index === 0 ? 1 : 0)
  }
})
