// The budget of a folder over real HTTP and SQLite, with the real agent in front of a fake upstream.
import { expect, test } from 'vitest'
import { Folder, FolderList } from '#shared/folders.ts'
import type { Answer } from '../../e2e/fake-answer.ts'
import { purgeConversations } from '../conversations/change-store.ts'
import { type HeldTally, heldTally, MODEL } from '../testing/budgets.ts'

/** gpt-4.1-mini: $0.40 in, $1.60 out per million tokens. */
const ANSWER: Answer = {
  parts: [{ text: 'Yes.' }],
  model: MODEL,
  usage: { prompt_tokens: 100, completion_tokens: 500, total_tokens: 600 },
}
const COST = 100 * 400 + 500 * 1600

async function folderWith(tally: HeldTally, budget: object): Promise<string> {
  const answer = await tally.send('POST', '/api/folders', { name: 'Work', ...budget })
  return Folder.parse(await answer.json()).id
}

async function spentIn(tally: HeldTally): Promise<number | null | undefined> {
  const answer = await tally.request('/api/folders')
  return FolderList.parse(await answer.json()).items[0]?.spent?.costNanoUsd
}

async function ask(tally: HeldTally, folderId: string | undefined) {
  const { id } = await tally.create({ ...(folderId && { folderId }) })
  return tally.start(id, { text: 'Hello' })
}

test('the conversations of a folder share its budget, and only they', async () => {
  const { tally } = await heldTally(ANSWER, {})
  const folderId = await folderWith(tally, { budgetNanoUsd: 1_300_000 })
  const first = await ask(tally, folderId)
  expect((await tally.over(first)).at(-1)).toMatchObject({ status: 'completed' })
  expect(await spentIn(tally)).toBe(COST)
  expect(await tally.waits(await ask(tally, folderId))).toMatchObject({
    scope: 'folder',
    spentNanoUsd: COST,
    limitNanoUsd: 1_300_000,
  })
  expect(await tally.endsOrWaits(await ask(tally, undefined))).toBe('done')
})

test('what a deleted conversation has spent stays spent, also when it is purged', async () => {
  const { tally } = await heldTally(ANSWER, {})
  const folderId = await folderWith(tally, { budgetNanoUsd: 1_300_000 })
  const first = await ask(tally, folderId)
  await tally.over(first)
  await tally.send('DELETE', `/api/conversations/${first.conversationId}`)
  expect(await spentIn(tally)).toBe(COST)
  await purgeConversations(tally.parts.db, () => true)
  expect(await spentIn(tally)).toBe(COST)
  expect(await tally.waits(await ask(tally, folderId))).toMatchObject({ scope: 'folder' })
})

test('what a conversation has spent moves with it', async () => {
  const { tally } = await heldTally(ANSWER, {})
  const folderId = await folderWith(tally, { budgetNanoUsd: 1_300_000 })
  const { id: other } = Folder.parse(
    await (await tally.send('POST', '/api/folders', { name: 'Other' })).json(),
  )
  const run = await ask(tally, undefined)
  await tally.over(run)
  const move = (folder: string | null) =>
    tally.send('PATCH', `/api/conversations/${run.conversationId}`, { folderId: folder })
  for (const [to, spent] of [
    [folderId, COST],
    [other, 0],
    [folderId, COST],
    [null, 0],
  ] as const) {
    await move(to)
    expect(await spentIn(tally)).toBe(spent)
  }
})

test('two conversations of a folder never spend the same money', async () => {
  const { tally, upstream } = await heldTally(ANSWER, {})
  const folderId = await folderWith(tally, { budgetTokens: 20_000 })
  const runs = await Promise.all([ask(tally, folderId), ask(tally, folderId)])
  for (const run of runs) await tally.over(run)
  const limits = upstream.calls.map(({ body }) => Number(body['max_tokens']))
  expect(Math.max(...limits)).toBeLessThan(20_000)
  expect(limits).toHaveLength(2)
})

test('the budget of a deleted folder holds nobody', async () => {
  const { tally } = await heldTally(ANSWER, {})
  const folderId = await folderWith(tally, { budgetTokens: 0 })
  const run = await ask(tally, folderId)
  expect(await tally.waits(run)).toMatchObject({ scope: 'folder', reason: 'tokens' })
  await tally.send('DELETE', `/api/folders/${folderId}`)
  const { id } = await tally.create()
  expect(await tally.endsOrWaits(await tally.start(id))).toBe('done')
})
