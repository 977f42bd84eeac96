// No two folders have the same name, over HTTP.
import { expect, test } from 'vitest'
import { Folder, FolderList } from '#shared/folders.ts'
import { Problem } from '#shared/api.ts'
import { says, startRuns, type StartedRuns } from '../testing/runs.ts'

async function makeFolder(tally: StartedRuns, body: object): Promise<Folder> {
  return Folder.parse(await (await tally.send('POST', '/api/folders', body)).json())
}

async function folders(tally: StartedRuns): Promise<Folder[]> {
  return FolderList.parse(await (await tally.request('/api/folders')).json()).items
}

async function codeOf(response: Response): Promise<[number, string]> {
  return [response.status, Problem.parse(await response.json()).code]
}

test('no two folders have one name, and a restored one gives way', async () => {
  const tally = await startRuns(says('Hello'))
  const work = await makeFolder(tally, { name: 'Work' })
  const home = await makeFolder(tally, { name: 'Home' })
  const exists = [409, 'folder_exists']
  expect(await codeOf(await tally.send('POST', '/api/folders', { name: ' Work ' }))).toEqual(exists)
  const path = `/api/folders/${home.id}`
  expect(await codeOf(await tally.send('PATCH', path, { name: 'Work' }))).toEqual(exists)
  expect((await tally.send('PATCH', path, { name: 'Home', instructions: 'Brief' })).status).toBe(
    200,
  )

  await tally.send('DELETE', `/api/folders/${work.id}`)
  await makeFolder(tally, { name: 'Work' })
  await tally.send('POST', `/api/folders/${work.id}/restore`)
  expect((await folders(tally)).map(({ name }) => name).toSorted()).toEqual([
    'Home',
    'Work',
    'Work 2',
  ])
  // Undoing again changes nothing.
  await tally.send('POST', `/api/folders/${work.id}/restore`)
  expect(await folders(tally)).toHaveLength(3)
})
