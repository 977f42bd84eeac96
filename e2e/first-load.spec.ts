// Limits the gzipped scripts and styles that a browser fetches before a page can be used. Files that
// load after that are not counted.
import { once } from 'node:events'
import { get } from 'node:http'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

/** With room for what is built next: today they are 98.5 and 116 KB, with a kilobyte of 1,000 bytes. */
const MAX_NEW_CHAT_BYTES = 104_000
const MAX_CONVERSATION_BYTES = 123_000

interface Loaded {
  url: string
  /** In milliseconds since navigation. */
  from: number
  to: number
}

test('a new chat loads within its budget', async ({ page }) => {
  const { files } = await firstLoad(page, '/', 'h2')

  await expectWithinBudget(files, MAX_NEW_CHAT_BYTES)
})

test('a conversation loads within its budget and needs no file after its messages', async ({
  page,
  api,
}) => {
  const run = await api.say('What is 17 * 23?')
  await api.ended(run)
  const answer = 'article[aria-label=Assistant] .markdown p'
  const { files, data } = await firstLoad(page, `/c/${run.conversationId}`, answer)

  await expectWithinBudget(files, MAX_CONVERSATION_BYTES)
  const messages = data.find(({ url }) => url.endsWith(run.conversationId))
  expect(messages).toBeDefined()
  expect(files.filter(({ from }) => from > (messages?.to ?? 0))).toEqual([])
})

async function expectWithinBudget(files: Loaded[], maxBytes: number): Promise<void> {
  const sizes = await Promise.all(files.map(({ url }) => gzippedBytes(url)))
  const list = files.map(({ url }, index) => `${sizes[index]} ${url}`).join('\n')
  expect(files.some(({ url }) => url.endsWith('.css'))).toBe(true)
  expect(
    sizes.reduce((sum, size) => sum + size, 0),
    list,
  ).toBeLessThanOrEqual(maxBytes)
}

/** Returns the files requested before `readable` and the composer appeared. */
async function firstLoad(page: Page, path: string, readable: string) {
  await page.addInitScript((selector) => {
    const check = () => {
      const text = document.querySelector(selector)?.textContent ?? ''
      const ready = text !== '' && document.querySelector('textarea:enabled') !== null
      if (!ready) return
      observer.disconnect()
      performance.mark('readable')
    }
    const observer = new MutationObserver(check)
    observer.observe(document, { childList: true, subtree: true, characterData: true })
  }, readable)
  await page.goto(path)
  await page.waitForFunction(() => performance.getEntriesByName('readable').length > 0)
  // The timeline lists a file when it is loaded.
  await page.waitForLoadState('networkidle')
  const asked = await page.evaluate(() => {
    const readableAt = performance.getEntriesByName('readable')[0]?.startTime ?? 0
    return performance
      .getEntriesByType('resource')
      .filter(({ startTime }) => startTime <= readableAt)
      .map(({ name, startTime, duration }) => {
        return { url: name, from: startTime, to: startTime + duration }
      })
  })
  const isFile = ({ url }: Loaded) => /\.(?:js|css)$/.test(new URL(url).pathname)
  return { files: asked.filter(isFile), data: asked.filter((loaded) => !isFile(loaded)) }
}

async function gzippedBytes(url: string): Promise<number> {
  const request = get(url, { headers: { 'accept-encoding': 'gzip' } })
  const [response] = await once(request, 'response')
  let bytes = 0
  for await (const chunk of response) bytes += chunk.length
  expect(response.headers['content-encoding']).toBe('gzip')
  return bytes
}
