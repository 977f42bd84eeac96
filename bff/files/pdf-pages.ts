// The text of the pages of a PDF, kept beside its bytes.
import { readFile, writeFile } from 'node:fs/promises'
import * as z from 'zod/mini'
import { backgroundWorker } from '../worker/background-worker.ts'
import { MAX_SENT_CHARS } from './attach-files.ts'
import { PDF_TEXT } from './file-bytes.ts'
import type { FileFacts } from './file-store.ts'

const Pages = z.array(z.string())
const keptAt = (path: string) => path + PDF_TEXT

/** Returns null if they are not kept. */
export async function keptPages(path: string): Promise<string[] | null> {
  try {
    return Pages.parse(JSON.parse(await readFile(keptAt(path), 'utf8')))
  } catch {
    return null
  }
}

export async function keepPages(path: string, pages: string[]): Promise<string[]> {
  await writeFile(keptAt(path), JSON.stringify(pages), { mode: 0o600 })
  return pages
}

/** Of a text that is too long to be sent whole only the pages have a count. */
export async function pdfFacts(pages: string[]): Promise<FileFacts> {
  const pageTokens = await backgroundWorker.countTokens(pages)
  const chars = pages.reduce((sum, { length }) => sum + length, 0)
  const tokens = pageTokens.reduce((sum, count) => sum + count, 0)
  return { pages: pages.length, pageTokens, ...(chars <= MAX_SENT_CHARS && { tokens }) }
}
