import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pagesIn } from '#shared/page-ranges.ts'
import { pdf, pdfBomb } from '../testing/pdf.ts'
import { temporaryFolder } from '../testing/temporary-database.ts'
import { turnsDuring } from '../testing/turns-during.ts'
import { type PdfLimits, readPdf } from './read-pdf.ts'

function reading(bytes: Uint8Array, limits?: PdfLimits): Promise<string[]> {
  const path = join(temporaryFolder(), 'a.pdf')
  writeFileSync(path, bytes)
  return readPdf(path, limits)
}

test('the text comes page by page', async () => {
  expect(await reading(pdf('One', 'Two', ''))).toEqual(['One', 'Two', ''])
})

test('a damaged PDF is refused in a sentence', async () => {
  await expect(reading(Buffer.from('%PDF-1.7\nnothing'))).rejects.toThrow('The PDF is damaged')
  await expect(reading(pdf('One').subarray(0, 60))).rejects.toThrow('The PDF is damaged')
})

test('a PDF with a password is refused in a sentence', async () => {
  const encrypted = Buffer.from(pdf('One')).toString('latin1')
  const [u, o] = ['00'.repeat(32), '11'.repeat(32)]
  const with40Bits = `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /U <${u}> /O <${o}> >> /ID [<00> <00>]`
  const bytes = Buffer.from(encrypted.replace('/Root 1 0 R', `/Root 1 0 R ${with40Bits}`), 'latin1')
  await expect(reading(bytes)).rejects.toThrow('The PDF has a password')
})

test('a PDF that unpacks to gigabytes ends with its thread, and blocks nothing', async () => {
  const bomb = pdfBomb(400 * 1024 * 1024)
  expect(bomb.length).toBeLessThan(2 * 1024 * 1024)
  const limits = { timeMs: 5_000, growthBytes: 150 * 1024 * 1024 }
  const turns = await turnsDuring(() =>
    expect(reading(bomb, limits)).rejects.toThrow('too much time or memory'),
  )
  expect(turns).toBeGreaterThan(100)
}, 40_000)

test('a PDF that takes too long is given up', async () => {
  const limits = { timeMs: 1, growthBytes: 1e9 }
  await expect(reading(pdf('One'), limits)).rejects.toThrow('too much time or memory')
})

test.each([
  ['1-3, 7', [1, 2, 3, 7]],
  [' 2 , 2-3', [2, 3]],
  ['5–6', [5, 6]],
  ['0', null],
  ['3-1', null],
  ['8', null],
  ['1-', null],
  ['', null],
  ['1,,2', null],
  ['1e1', null],
])('the pages %j of seven are %j', (ranges, pages) => {
  expect(pagesIn(ranges, 7)).toEqual(pages)
})
