// A thread that reads the text of one PDF and ends. What a hostile file does to it ends with it.
import { readFile } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { getDocumentProxy } from 'unpdf'

export type PdfAnswer = { pages: string[] } | { refused: 'encrypted' | 'damaged' | 'too_long' }

export interface PdfTask {
  path: string
  maxPages: number
  /** Of all pages. */
  maxChars: number
}

async function read({ path, maxPages, maxChars }: PdfTask): Promise<PdfAnswer> {
  const document = await getDocumentProxy(new Uint8Array(await readFile(path)), {
    useSystemFonts: false,
    verbosity: 0,
  })
  if (document.numPages > maxPages) return { refused: 'too_long' }
  const pages: string[] = []
  let chars = 0
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number)
    const { items } = await page.getTextContent()
    const text = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : ''))
    const joined = text.join('').toWellFormed().trim()
    chars += joined.length
    if (chars > maxChars) return { refused: 'too_long' }
    pages.push(joined)
    page.cleanup()
  }
  return { pages }
}

function refusal(error: unknown): PdfAnswer {
  const name = error instanceof Error ? error.name : ''
  return { refused: name === 'PasswordException' ? 'encrypted' : 'damaged' }
}

function report(answer: PdfAnswer): void {
  parentPort?.postMessage(answer)
}

report(await read(workerData).catch(refusal))
