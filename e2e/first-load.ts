// The files a browser fetches before a page can be read and used: requested before its text and a composer
// that takes input are in the page. What it loads after that is not part of the first load.
import { once } from 'node:events'
import { get } from 'node:http'
import type { Page } from '@playwright/test'

export interface LoadedFile {
  url: string
  /** In milliseconds since navigation. */
  from: number
  to: number
}

/** The first text that can be read: the welcome of a new chat, and an answer of a conversation. */
export const WELCOME = 'h2'
export const ANSWER = 'article[aria-label=Assistant] .markdown p'

export interface FirstLoad {
  /** Scripts and styles of the first load. */
  files: LoadedFile[]
  /** Everything else of the first load. */
  data: LoadedFile[]
  /** Scripts and styles that were requested after it. */
  later: LoadedFile[]
}

export async function firstLoad(page: Page, address: string, readable: string): Promise<FirstLoad> {
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
  await page.goto(address)
  await page.waitForFunction(() => performance.getEntriesByName('readable').length > 0)
  // The timeline lists a file when it is loaded.
  await page.waitForLoadState('networkidle')
  const { readableAt, loaded } = await page.evaluate(() => ({
    readableAt: performance.getEntriesByName('readable')[0]?.startTime ?? 0,
    loaded: performance.getEntriesByType('resource').map(({ name, startTime, duration }) => ({
      url: name,
      from: startTime,
      to: startTime + duration,
    })),
  }))
  const isFile = ({ url }: LoadedFile) => /\.(?:js|css)$/.test(new URL(url).pathname)
  const first = loaded.filter(({ from }) => from <= readableAt)
  return {
    files: first.filter(isFile),
    data: first.filter((file) => !isFile(file)),
    later: loaded.filter((file) => isFile(file) && file.from > readableAt),
  }
}

/** The size of a file as the server sends it. */
export async function gzippedBytes(url: string): Promise<number> {
  const request = get(url, { headers: { 'accept-encoding': 'gzip' } })
  const [response] = await once(request, 'response')
  if (response.headers['content-encoding'] !== 'gzip') throw new Error(`${url} is not compressed.`)
  let bytes = 0
  for await (const chunk of response) bytes += chunk.length
  return bytes
}
