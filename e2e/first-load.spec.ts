// Limits the gzipped scripts and styles that a browser fetches before a page can be used. Files that
// load after that are not counted.
import { ANSWER, firstLoad, gzippedBytes, type LoadedFile, WELCOME } from './first-load.ts'
import { expect, test } from './fixtures.ts'

/** With room for what is built next: today they are 101.5 and 114.8 KB, with a kilobyte of 1,000 bytes. */
const MAX_NEW_CHAT_BYTES = 103_000
const MAX_CONVERSATION_BYTES = 117_000

test('a new chat loads within its budget', async ({ page }) => {
  const { files } = await firstLoad(page, '/', WELCOME)

  await expectWithinBudget(files, MAX_NEW_CHAT_BYTES)
})

test('a conversation loads within its budget and needs no file after its messages', async ({
  page,
  api,
}) => {
  const run = await api.say('What is 17 * 23?')
  await api.ended(run)
  const { files, data } = await firstLoad(page, `/c/${run.conversationId}`, ANSWER)

  await expectWithinBudget(files, MAX_CONVERSATION_BYTES)
  const messages = data.find(({ url }) => url.endsWith(run.conversationId))
  expect(messages).toBeDefined()
  expect(files.filter(({ from }) => from > (messages?.to ?? 0))).toEqual([])
})

async function expectWithinBudget(files: LoadedFile[], maxBytes: number): Promise<void> {
  const sizes = await Promise.all(files.map(({ url }) => gzippedBytes(url)))
  const list = files.map(({ url }, index) => `${sizes[index]} ${url}`).join('\n')
  expect(files.some(({ url }) => url.endsWith('.css'))).toBe(true)
  expect(
    sizes.reduce((sum, size) => sum + size, 0),
    list,
  ).toBeLessThanOrEqual(maxBytes)
}
