import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { purgeConversations } from '../conversations/change-store.ts'
import { draws } from '../testing/drawing-run.ts'
import { png } from '../testing/images.ts'
import { hangsAfter, says, type StartedRuns, startRuns } from '../testing/runs.ts'
import { filesOf } from './file-store.ts'

const IMAGE = { name: 'chart.png', content: png(40, 30) }

test('files are kept while their answer runs, and deleted with the last conversation', async () => {
  let days = 0
  const now = () => new Date(Date.now() + days * 24 * 60 * 60_000)
  const ends = () => (days === 0 ? hangsAfter('…') : says('Here it is.'))
  const tally: StartedRuns = await startRuns(
    (run) => draws(() => tally.parts.files, [IMAGE], ends())(run),
    { now },
  )
  const { files, db, folder } = tally.parts
  const onDisk = () => readdirSync(join(folder, 'files'))
  const first = await tally.create()
  const run = await tally.start(first.id)
  for await (const { event } of tally.follow(run.id)) if (event.type === 'token') break
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
