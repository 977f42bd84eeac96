// Files of tools in every way out of Tally, and back.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ShareContents } from '#shared/share.ts'
import { SearchPage } from '#shared/search.ts'
import { filesOf } from '../files/file-store.ts'
import { draws } from '../testing/drawing-run.ts'
import { png } from '../testing/images.ts'
import { importAll } from '../testing/imports.ts'
import { says, type StartedRuns, startRuns } from '../testing/runs.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import { verifyExport } from './verify-export.ts'

const CHART = { name: 'chart.png', content: png(40, 30), alt: 'A <b>chart</b>.' }
const TABLE = { name: 'sums.csv', content: 'a,b\n1,2\n' }

async function drawn() {
  const tally: StartedRuns = await startRuns((run) =>
    draws(() => tally.parts.files, [CHART, TABLE])(run),
  )
  const { id } = await tally.create()
  await tally.ended((await tally.start(id)).id)
  const read = async (path: string) => (await tally.request(path)).text()
  const exported = (query: string) => read(`/api/conversations/${id}/export?${query}`)
  return { tally, id, read, exported }
}

test('an export of everything verifies, and gives the same conversation back', async () => {
  const { tally, id } = await drawn()
  const zip = Buffer.from(await (await tally.request('/api/export')).arrayBuffer())
  const path = join(temporaryFolder(), 'all.zip')
  writeFileSync(path, zip)
  expect((await verifyExport(path)).problems).toEqual([])

  const other = await startRuns(says('Hi'))
  const job = await importAll(other, zip, 'tally.zip')
  expect(job.report).toMatchObject({ conversations: 1, files: 2, leftOut: [] })
  expect((await other.conversation(id)).messages).toEqual((await tally.conversation(id)).messages)
  expect(await filesOf(other.parts.db, id)).toMatchObject([
    { name: 'chart.png' },
    { name: 'sums.csv' },
  ])
  // What the model was sent came along, with the files in the result.
  const itemsOf = async (from: StartedRuns) =>
    (await (await from.request(`/api/conversations/${id}/export?format=jsonl`)).text())
      .split('\n')
      .filter((line) => line.startsWith('{"type":"item"'))
  const items = await itemsOf(tally)
  expect(items.join('\n')).toContain('tally-file=')
  expect(await itemsOf(other)).toEqual(items)
})

test('Markdown and the shape of ChatGPT name them, and search finds them', async () => {
  const { tally, id, exported } = await drawn()
  const markdown = await exported('format=markdown')
  expect(markdown).toContain('*File: chart.png*\n\n*File: sums.csv*')
  expect(await exported('format=chatgpt')).toContain('[File: chart.png]')
  const found = async () => {
    const { items } = SearchPage.parse(await (await tally.request('/api/search?q=has:file')).json())
    return items.map(({ conversationId }) => conversationId)
  }
  await expect.poll(found).toContain(id)
})

test('a shared page shows them if files are chosen, with the calls and without', async () => {
  const { exported, read, id } = await drawn()
  const about: unknown = JSON.parse(await read(`/api/conversations/${id}/export/contents`))
  expect(ShareContents.parse(about)).toMatchObject({ toolCalls: 1, images: 1, otherFiles: 1 })
  const page = (tools: boolean, files: boolean) =>
    exported(`format=html&tools=${tools}&files=${files}&receipt=false&reasoning=false`)
  const picture = /<img alt="A &lt;b&gt;chart&lt;\/b&gt;\." src="data:image\/png;base64,/g
  for (const tools of [true, false]) {
    const whole = await page(tools, true)
    expect(whole.match(picture)).toHaveLength(1)
    expect(whole).toContain('File: sums.csv, 8 B, not included')
  }
  expect(await page(true, false)).toContain('File: chart.png, 45 B, not included')
  expect(await page(false, false)).not.toContain('chart.png')
})
