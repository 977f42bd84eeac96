// Keeping conversations in order, over real HTTP and real SQLite.
import { openGeneralSettings } from '../providers/general-settings-store.ts'
import { expect, test } from 'vitest'
import {
  type BulkChange,
  BulkResult,
  Conversation,
  ConversationPage,
  Problem,
} from '#shared/api.ts'
import { ConversationContext } from '#shared/context.ts'
import { Folder, FolderList, type UpdateFolder } from '#shared/folders.ts'
import { MAX_FOLDERS } from '#shared/limits.ts'
import { hangsAfter, says, type StartedRuns, startRuns } from '../testing/runs.ts'
import { purgeConversations } from './change-store.ts'
import { purgeFolders } from './folder-store.ts'

async function ids(tally: StartedRuns, query = ''): Promise<string[]> {
  const page = ConversationPage.parse(
    await (await tally.request('/api/conversations' + query)).json(),
  )
  return page.items.map(({ id }) => id)
}

async function codeOf(response: Response): Promise<[number, string]> {
  return [response.status, Problem.parse(await response.json()).code]
}

async function makeFolder(tally: StartedRuns, body: object): Promise<Folder> {
  return Folder.parse(await (await tally.send('POST', '/api/folders', body)).json())
}

async function folders(tally: StartedRuns): Promise<Folder[]> {
  return FolderList.parse(await (await tally.request('/api/folders')).json()).items
}

async function change(tally: StartedRuns, id: string, body: object): Promise<Conversation> {
  const answer = await tally.send('PATCH', `/api/conversations/${id}`, body)
  return Conversation.parse(await answer.json())
}

const bulk = (tally: StartedRuns, body: BulkChange) =>
  tally.send('POST', '/api/conversations/bulk', body)

async function bulkResult(tally: StartedRuns, body: BulkChange): Promise<BulkResult> {
  return BulkResult.parse(await (await bulk(tally, body)).json())
}

/** Returns conversations with a second between them, the oldest first. */
async function fill(tally: StartedRuns, count: number, body: object = {}): Promise<string[]> {
  const made: string[] = []
  for (let n = 0; n < count; n += 1) {
    const { id } = await tally.create({ title: `Chat ${n}`, ...body })
    const at = new Date(Date.UTC(2026, 10, 1, 0, 0, n)).toISOString()
    await tally.parts.db.transaction((trx) =>
      trx
        .updateTable('conversations')
        .set({ updated_at: at, read_at: at })
        .where('id', '=', id)
        .execute(),
    )
    made.push(id)
  }
  return made
}

test('pinned ones come first, archived ones leave the list, and neither moves in time', async () => {
  const tally = await startRuns(says('Hello'))
  const [a = '', b = '', c = '', d = ''] = await fill(tally, 4)
  const before = await tally.conversation(a)
  expect(await change(tally, a, { pinned: true })).toEqual({ ...before, pinned: true })
  await change(tally, c, { archived: true })
  expect(await ids(tally)).toEqual([a, d, b])
  expect(await ids(tally, '?order=newest')).toEqual([d, b, a])
  expect(await ids(tally, '?archived=true')).toEqual([c])
  await change(tally, c, { archived: false })
  await change(tally, a, { pinned: false })
  expect(await ids(tally)).toEqual([d, c, b, a])
})

test('pages go on below the pinned ones without a gap', async () => {
  const tally = await startRuns(says('Hello'))
  const made = await fill(tally, 9)
  const pinned = [made[1] ?? '', made[5] ?? '', made[3] ?? '']
  await bulk(tally, { ids: pinned, change: { pinned: true } })
  const expected = await ids(tally)
  expect(expected.slice(0, 3)).toEqual([made[5], made[3], made[1]])
  for (const order of ['pinned', 'newest']) {
    const all: string[] = []
    let cursor = ''
    do {
      const query = `?limit=2&order=${order}${cursor}`
      const answer = await tally.request('/api/conversations' + query)
      const page = ConversationPage.parse(await answer.json())
      all.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`
    } while (cursor !== '')
    expect(all).toEqual(order === 'pinned' ? expected : made.toReversed())
  }
})

test('folders are made, changed, put in order, deleted and restored', async () => {
  const tally = await startRuns(says('Hello'))
  const work = await makeFolder(tally, { name: ' Work ' })
  expect(work).toMatchObject({ name: 'Work', position: 0, instructions: null, spent: null })
  const home = await makeFolder(tally, { name: 'Home', instructions: 'Be brief.' })
  const path = `/api/folders/${home.id}`
  const changes: UpdateFolder = { name: 'House', position: 0, budgetNanoUsd: 5, instructions: '' }
  const answer = await tally.send('PATCH', path, changes)
  expect(Folder.parse(await answer.json())).toMatchObject({
    name: 'House',
    position: 0,
    instructions: null,
    budgetNanoUsd: 5,
    spent: { costNanoUsd: 0 },
  })
  expect((await folders(tally)).map(({ name }) => name)).toEqual(['House', 'Work'])

  const [a = '', b = ''] = await fill(tally, 2, { folderId: home.id })
  expect(await ids(tally, `?folder=${home.id}`)).toEqual([b, a])
  expect(await ids(tally, '?folder=none')).toEqual([])
  expect(await ids(tally)).toEqual([b, a])
  await change(tally, a, { pinned: true })
  expect(await ids(tally, '?folder=none')).toEqual([a])

  expect((await tally.send('DELETE', path)).status).toBe(204)
  expect(await ids(tally, '?folder=none')).toEqual([a, b])
  expect((await tally.conversation(b)).folderId).toBeNull()
  await change(tally, a, { folderId: work.id })
  expect((await tally.send('POST', `${path}/restore`)).status).toBe(200)
  expect(await ids(tally, `?folder=${home.id}`)).toEqual([b])
  expect(await ids(tally, `?folder=${work.id}`)).toEqual([a])

  await tally.send('DELETE', path)
  await purgeFolders(tally.parts.db, () => true)
  expect(await codeOf(await tally.send('POST', `${path}/restore`))).toEqual([
    404,
    'folder_not_found',
  ])
  expect((await tally.conversation(b)).folderId).toBeNull()
})

test('what does not exist is refused and nothing changes', async () => {
  const tally = await startRuns(says('Hello'))
  const [a = ''] = await fill(tally, 1)
  const notFound = [404, 'folder_not_found']
  const one = `/api/conversations/${a}`
  const move = { pinned: true, folderId: 'nothing' }
  expect(await codeOf(await tally.send('PATCH', one, move))).toEqual(notFound)
  expect(await codeOf(await bulk(tally, { ids: [a], change: move }))).toEqual(notFound)
  expect(await codeOf(await tally.request('/api/conversations?folder=nothing'))).toEqual(notFound)
  expect(await codeOf(await tally.send('POST', '/api/conversations', { folderId: 'x' }))).toEqual(
    notFound,
  )
  for (const method of ['PATCH', 'DELETE'] as const) {
    const body = method === 'PATCH' ? { name: 'x' } : undefined
    expect(await codeOf(await tally.send(method, '/api/folders/nothing', body))).toEqual(notFound)
  }
  expect(await codeOf(await bulk(tally, { ids: ['nothing'], change: { pinned: true } }))).toEqual([
    404,
    'conversation_not_found',
  ])
  expect((await tally.send('POST', '/api/folders', { name: '  ' })).status).toBe(400)
  expect((await tally.send('POST', '/api/folders', { name: 'x', agent: 'nobody' })).status).toBe(
    400,
  )
  expect(await tally.conversation(a)).toMatchObject({ pinned: false, folderId: null })
  for (let n = 0; n < MAX_FOLDERS; n += 1) await makeFolder(tally, { name: `Folder ${n}` })
  expect(await codeOf(await tally.send('POST', '/api/folders', { name: 'One more' }))).toEqual([
    409,
    'too_many_folders',
  ])
})

test('a new conversation in a folder begins with its agent and model, unless it names its own', async () => {
  const tally = await startRuns(says('Hello'))
  const { id: folderId } = await makeFolder(tally, { name: 'Work', model: 'm', provider: 'test' })
  const plain = await tally.create({ folderId })
  expect(plain).toMatchObject({ folderId, provider: 'test', model: 'm', settings: {} })
  expect(await tally.create({ folderId, model: 'other' })).toMatchObject({
    provider: null,
    model: 'other',
  })
})

test('instructions of the folder are sent where the conversation has none of its own', async () => {
  const sent: (string | undefined)[] = []
  const tally = await startRuns(async (run) => {
    sent.push(run.settings.instructions)
    return says('Yes.')(run)
  })
  const { id: folderId } = await makeFolder(tally, { name: 'Work', instructions: 'Be brief.' })
  const { id } = await tally.create({ folderId, settings: { temperature: 0.5 } })
  const ask = async () => tally.ended((await tally.start(id)).id)
  await ask()
  const context = await (await tally.request(`/api/conversations/${id}/context`)).json()
  expect(ConversationContext.parse(context).parts).toContainEqual(
    expect.objectContaining({ kind: 'instructions', label: 'Instructions of the folder Work' }),
  )
  expect((await tally.conversation(id)).settings).toEqual({ temperature: 0.5 })
  await change(tally, id, { settings: { instructions: 'Be long.' } })
  await ask()
  await change(tally, id, { settings: {} })
  await change(tally, id, { folderId: null })
  await ask()
  const general = await openGeneralSettings(tally.parts.db)
  await general.change({ instructions: ' Be kind. ' })
  await ask()
  await general.change({ instructions: '' })
  await ask()
  expect(sent).toEqual(['Be brief.', 'Be long.', undefined, 'Be kind.', undefined])
})

test('an answer makes its conversation and folder unread until it is seen', async () => {
  const tally = await startRuns(says('Hello'))
  const { id: folderId } = await makeFolder(tally, { name: 'Work' })
  const { id, unread } = await tally.create({ folderId })
  expect(unread).toBe(false)
  await tally.ended((await tally.start(id)).id)
  const { updatedAt } = await tally.conversation(id)
  expect((await tally.conversation(id)).unread).toBe(true)
  expect((await folders(tally))[0]?.unread).toBe(true)
  expect(await change(tally, id, { unread: false })).toMatchObject({ unread: false, updatedAt })
  expect((await folders(tally))[0]?.unread).toBe(false)
  expect(await change(tally, id, { unread: true })).toMatchObject({ unread: true, updatedAt })
})

test('a running answer is not unread yet, and a message takes its conversation out of the archive', async () => {
  const tally = await startRuns(hangsAfter('Hello'))
  const { id } = await tally.create()
  await change(tally, id, { archived: true })
  const run = await tally.start(id)
  expect(await tally.conversation(id)).toMatchObject({ archived: false, unread: false })
  await tally.send('POST', `/api/runs/${run.id}/stop`)
  await tally.ended(run.id)
  expect((await tally.conversation(id)).unread).toBe(true)
})

test('many are changed at once, asked again nothing more changes, and undo restores each', async () => {
  const tally = await startRuns(says('Hello'))
  const work = await makeFolder(tally, { name: 'Work' })
  const home = await makeFolder(tally, { name: 'Home' })
  const loose = await fill(tally, 60)
  const inWork = await fill(tally, 60, { folderId: work.id })
  const inHome = await fill(tally, 2, { folderId: home.id })
  const all = [...loose, ...inWork, ...inHome]
  const move: BulkChange = { ids: [...all, 'nothing'], change: { folderId: home.id } }
  const moved = await bulkResult(tally, move)
  expect(moved.changed.toSorted()).toEqual([...loose, ...inWork].toSorted())
  expect(moved.missing).toEqual(['nothing'])
  expect(await bulkResult(tally, move)).toEqual({ changed: [], missing: ['nothing'], undo: [] })
  for (const request of moved.undo) await bulk(tally, request)
  expect((await ids(tally, `?folder=${work.id}&limit=100`)).toSorted()).toEqual(inWork.toSorted())
  expect((await ids(tally, `?folder=${home.id}`)).toSorted()).toEqual(inHome.toSorted())

  const gone = await bulkResult(tally, { ids: all, change: { deleted: true } })
  expect(await ids(tally)).toEqual([])
  for (const request of gone.undo) await bulk(tally, request)
  expect(await ids(tally, '?limit=100')).toHaveLength(100)
})

test('deleting many stops their runs', async () => {
  const tally = await startRuns(hangsAfter('Hello'))
  const run = await tally.say('Hi')
  await bulk(tally, { ids: [run.conversationId], change: { deleted: true } })
  const events = await tally.ended(run.id)
  expect(events.at(-1)?.event).toMatchObject({ type: 'done', status: 'stopped' })
  await purgeConversations(tally.parts.db, () => true)
})
